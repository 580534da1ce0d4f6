# SPDX-License-Identifier: GPL-3.0-or-later
emac_add_test(availabilitypanel SOURCES tst_availabilitypanel.cpp LINKS emac_widgets)
emac_add_test(inspectorpanel SOURCES tst_inspectorpanel.cpp LINKS emac_widgets)
emac_add_test(ninesaxis SOURCES tst_ninesaxis.cpp LINKS emac_widgets)
emac_add_test(problemspanel SOURCES tst_problemspanel.cpp LINKS emac_widgets)
emac_add_test(sourcepanel SOURCES tst_sourcepanel.cpp LINKS emac_widgets)
emac_add_test(typedvalue SOURCES tst_typedvalue.cpp LINKS emac_widgets)
emac_add_test(verdictbutton SOURCES tst_verdictbutton.cpp LINKS emac_widgets)
