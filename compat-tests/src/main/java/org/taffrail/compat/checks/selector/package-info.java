// SPDX-License-Identifier: Apache-2.0
/**
 * Checks of message selection, section 3.8: the language, its three-valued logic, and what
 * consumers with selectors get. Start with {@link org.taffrail.compat.checks.selector.Selection},
 * by which most of them are made.
 */
package org.taffrail.compat.checks.selector;
