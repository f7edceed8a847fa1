// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.wire.Xid;

/**
 * A branch of a global transaction as it is at the moment.
 *
 * @param id its number in this broker, never used twice
 * @param user whose it is, null for clients without a user
 * @param xid its name
 * @param preparedMs when it was prepared, ms since 1970
 * @param sends how many records it would append, parts of large messages counted as such
 * @param accepts how many persistent messages it would consume
 * @param ended how an operator has ended it: "committed" or "rolled back"; null while it is
 *     prepared
 */
public record BranchStatus(
        long id, String user, Xid xid, long preparedMs, long sends, long accepts, String ended) {}
