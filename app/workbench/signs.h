// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace emac::workbench {

/// One of the drawn signs of the resources, in the colour of texts: "document-open".
QIcon sign(const char* name);

} // namespace emac::workbench
