// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

/**
 * What is known of a consumer at a moment.
 *
 * @param group its group
 * @param connection its connection, which may be gone; 0 for what a start has found held by a
 *     branch that is prepared
 * @param id its number on that connection; that of the branch where there is none
 * @param selector its selector's text, or null
 * @param exclusive whether it wants all messages for itself
 * @param held how many messages it holds
 * @param oldestHeldMs since when it holds the one it has held for longest, ms since 1970; 0 where
 *     it holds none
 * @param credit how many more it takes; below 0 where urgent ones came on top
 * @param paused whether nothing is delivered because its connection does not read fast enough
 * @param ended whether it gets nothing more, and only holds what is not settled yet
 */
public record ConsumerStatus(
        long group,
        long connection,
        int id,
        String selector,
        boolean exclusive,
        int held,
        long oldestHeldMs,
        int credit,
        boolean paused,
        boolean ended) {
    static ConsumerStatus of(Consumer consumer) {
        return new ConsumerStatus(
                consumer.group.id,
                consumer.client.connection,
                consumer.id,
                Overview.text(consumer.selector),
                consumer.exclusive,
                consumer.heldCount(),
                consumer.oldest() == null ? 0 : consumer.oldest().sinceMs,
                consumer.credit(),
                consumer.client.paused,
                consumer.isDetached());
    }
}
