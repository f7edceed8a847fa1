// SPDX-License-Identifier: Apache-2.0
/**
 * Checks of section 6.2 and of what sections 8.7, 8.8 and 10 say about sessions: acknowledgement,
 * transactions, order, listeners and close. {@link
 * org.taffrail.compat.checks.session.SessionChapter} lists them.
 */
package org.taffrail.compat.checks.session;
