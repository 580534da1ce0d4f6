# SPDX-License-Identifier: GPL-3.0-or-later
emac_add_test(canvas SOURCES tst_canvas.cpp LINKS emac_widgets)
emac_add_test(canvasview SOURCES tst_canvasview.cpp LINKS emac_widgets)
