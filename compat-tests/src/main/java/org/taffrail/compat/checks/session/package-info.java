// SPDX-License-Identifier: Apache-2.0
/**
 * Checks of section 6.2 and of chapter 10: acknowledgement, transactions, order, listeners, close
 * and exceptions. {@link org.taffrail.compat.checks.session.SessionChapter} lists them.
 */
package org.taffrail.compat.checks.session;
