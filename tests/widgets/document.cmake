# SPDX-License-Identifier: GPL-3.0-or-later
emac_add_test(document SOURCES tst_document.cpp LINKS emac_widgets)
emac_add_test(actionregistry SOURCES tst_actionregistry.cpp LINKS emac_widgets)
