# SPDX-License-Identifier: GPL-3.0-or-later
emac_add_test(
  patch SOURCES tst_patch.cpp
  LINKS emac_spec rapidcheck
)
