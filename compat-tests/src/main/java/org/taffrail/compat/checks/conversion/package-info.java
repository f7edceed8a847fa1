// SPDX-License-Identifier: Apache-2.0
/**
 * Checks of the two tables in chapter 3 that say as what a value can be read: properties (3.5.4),
 * and the bodies of map and stream messages (3.11.3). Start with {@link
 * org.taffrail.compat.checks.conversion.Kind}, which is the tables.
 */
package org.taffrail.compat.checks.conversion;
