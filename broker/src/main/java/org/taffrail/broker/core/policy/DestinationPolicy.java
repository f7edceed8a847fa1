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
 */
public record DestinationPolicy(
        int deliveriesMax,
        RedeliveryDelay redeliveryDelay,
        String deadLetterQueue,
        String expiryQueue,
        boolean createOnUse) {
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
