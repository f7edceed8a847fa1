// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core.policy;

/**
 * What holds for one destination, found once by its name.
 *
 * @param deliveriesMax after how many failed deliveries a message is a dead letter; 0 for never
 * @param redeliveryDelay how long a message waits after a failed delivery
 * @param deadLetterQueue where dead letters go, null for nowhere: such messages come again
 * @param expiryQueue where expired messages go, null for nowhere: they are dropped
 * @param createOnUse whether the destination is made when it is first named
 * @param retention how long records are kept that nobody needs
 */
public record DestinationPolicy(
        int deliveriesMax,
        RedeliveryDelay redeliveryDelay,
        String deadLetterQueue,
        String expiryQueue,
        boolean createOnUse,
        Retention retention) {
    /**
     * Returns what holds for groups that read a queue beside its own consumers.
     *
     * @return the same, but nothing is moved and nothing given up after failed deliveries
     */
    public DestinationPolicy ofSideGroups() {
        return new DestinationPolicy(0, redeliveryDelay, null, null, createOnUse, retention);
    }

    /**
     * Tells whether a message comes no more.
     *
     * @param failures how many deliveries of it have failed
     * @return true if it is to go to the dead-letter queue, and there is one
     */
    public boolean isDead(int failures) {
        return deliveriesMax > 0 && failures >= deliveriesMax && deadLetterQueue != null;
    }
}
