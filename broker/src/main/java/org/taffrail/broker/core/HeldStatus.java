// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/**
 * What is known of a message that a consumer holds.
 *
 * @param offset where it stands
 * @param messageId its message id; null where its record is not in memory now, or has none
 * @param sinceMs since when it is held, ms since 1970; what a start has found held, since its
 *     branch was prepared
 * @param delivery which delivery of it this is, 1 for the first
 * @param redelivered whether an application may have seen it before
 * @param settling whether nobody can settle it any more: a transaction that has not ended, or a
 *     branch that is prepared, has accepted it, or it is on its way elsewhere
 */
public record HeldStatus(
        long offset,
        String messageId,
        long sinceMs,
        int delivery,
        boolean redelivered,
        boolean settling) {}
