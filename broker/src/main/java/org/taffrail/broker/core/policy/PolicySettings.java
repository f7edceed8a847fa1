// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core.policy;

/**
 * What is set for the destinations of one pattern; null is what is not set.
 *
 * @param deliveriesMax after how many failed deliveries a message is a dead letter; 0 for never
 * @param delayMs how long a message waits after the first failed delivery
 * @param delayFactorThousandths by how much the delay grows with each further one
 * @param delayMaxMs up to where it grows
 * @param deadLetterQueue where dead letters go
 * @param expiryQueue where expired messages go
 * @param createOnUse whether a destination is made when it is first named
 * @param retentionMs how long records are kept that nobody needs; 0 for no bound of time
 * @param retentionBytes how many bytes of them are kept; 0 for no bound of bytes
 * @param retentionDropsUnsettled whether the bounds count for what durable subscriptions have not
 *     consumed as well
 */
public record PolicySettings(
        Integer deliveriesMax,
        Long delayMs,
        Long delayFactorThousandths,
        Long delayMaxMs,
        QueueNaming deadLetterQueue,
        QueueNaming expiryQueue,
        Boolean createOnUse,
        Long retentionMs,
        Long retentionBytes,
        Boolean retentionDropsUnsettled) {
    /** Nothing is set. */
    public static final PolicySettings NOTHING =
            new PolicySettings(null, null, null, null, null, null, null, null, null, null);

    /**
     * Returns what holds where nothing else is configured.
     *
     * @return everything is set
     */
    public static PolicySettings defaults() {
        return new PolicySettings(
                10,
                0L,
                RedeliveryDelay.FACTOR_ONE,
                3_600_000L,
                QueueNaming.of("DLQ.{name}"),
                QueueNaming.NONE,
                true,
                0L,
                0L,
                false);
    }

    /**
     * Fills in what is not set.
     *
     * @param others what holds then
     * @return what is set here or else there
     */
    public PolicySettings orElse(PolicySettings others) {
        return new PolicySettings(
                or(deliveriesMax, others.deliveriesMax),
                or(delayMs, others.delayMs),
                or(delayFactorThousandths, others.delayFactorThousandths),
                or(delayMaxMs, others.delayMaxMs),
                or(deadLetterQueue, others.deadLetterQueue),
                or(expiryQueue, others.expiryQueue),
                or(createOnUse, others.createOnUse),
                or(retentionMs, others.retentionMs),
                or(retentionBytes, others.retentionBytes),
                or(retentionDropsUnsettled, others.retentionDropsUnsettled));
    }

    private static <T> T or(T mine, T others) {
        return mine == null ? others : mine;
    }

    boolean isComplete() {
        return deliveriesMax != null
                && delayMs != null
                && delayFactorThousandths != null
                && delayMaxMs != null
                && deadLetterQueue != null
                && expiryQueue != null
                && createOnUse != null
                && retentionMs != null
                && retentionBytes != null
                && retentionDropsUnsettled != null;
    }

    /** Whether messages may be moved to a queue of this name. */
    boolean mayMoveTo(String name) {
        return deadLetterQueue != null && deadLetterQueue.mayMake(name)
                || expiryQueue != null && expiryQueue.mayMake(name);
    }
}
