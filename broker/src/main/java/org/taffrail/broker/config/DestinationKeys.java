// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import static org.taffrail.broker.config.ConfigKey.named;

import org.taffrail.broker.core.policy.PolicySettings;
import org.taffrail.broker.core.policy.QueueNaming;
import org.taffrail.broker.core.policy.RedeliveryDelay;

/** What can be told for destinations whose names match a pattern, or for all; declared once. */
public final class DestinationKeys {
    private static final PolicySettings POLICY = PolicySettings.defaults();

    /** See {@link PolicySettings#deliveriesMax}. */
    public static final ConfigKey<Long> DELIVERIES_MAX =
            named("redelivery.deliveriesMax")
                    .perDestination()
                    .does(
                            "After how many failed deliveries a message goes to the dead-letter queue."
                                    + " 0: never, failed deliveries are only counted.")
                    .from(0, 32_767)
                    .number(POLICY.deliveriesMax());

    /** See {@link PolicySettings#delayMs}. */
    public static final ConfigKey<Long> REDELIVERY_DELAY_MS =
            named("redelivery.delayMs")
                    .perDestination()
                    .does("How long a message waits after its first failed delivery.")
                    .in(ConfigUnit.MS)
                    .from(0, 365L * 86_400_000)
                    .number(POLICY.delayMs());

    /** See {@link PolicySettings#delayFactorThousandths}. */
    public static final ConfigKey<Long> REDELIVERY_DELAY_FACTOR =
            named("redelivery.delayFactor")
                    .perDestination()
                    .does(
                            "By how much redelivery.delayMs grows with each further failed delivery;"
                                    + " up to three decimals.")
                    .in(ConfigUnit.THOUSANDTHS)
                    .from(RedeliveryDelay.FACTOR_ONE, 100 * RedeliveryDelay.FACTOR_ONE)
                    .number(POLICY.delayFactorThousandths());

    /** See {@link PolicySettings#delayMaxMs}. */
    public static final ConfigKey<Long> REDELIVERY_DELAY_MAX_MS =
            named("redelivery.delayMaxMs")
                    .perDestination()
                    .does(
                            "Up to where the delay grows. A redelivery.delayMs that is longer than"
                                    + " this stays as it is.")
                    .in(ConfigUnit.MS)
                    .from(0, 365L * 86_400_000)
                    .number(POLICY.delayMaxMs());

    /** See {@link PolicySettings#deadLetterQueue}. */
    public static final ConfigKey<String> DEAD_LETTER_QUEUE =
            named("redelivery.deadLetterQueue")
                    .perDestination()
                    .does(
                            "The queue for dead letters, where `{name}` stands for the name of the"
                                    + " queue or topic that they come from. none: they come again,"
                                    + " without end.")
                    .from(1, 200)
                    .checkedBy(QueueNaming::of)
                    .text(POLICY.deadLetterQueue().toString());

    /** See {@link PolicySettings#expiryQueue}. */
    public static final ConfigKey<String> EXPIRY_QUEUE =
            named("expiry.queue")
                    .perDestination()
                    .does(
                            "The queue to which expired messages go, with `{name}` as above; of a"
                                    + " topic, for each subscription that had not consumed them."
                                    + " none: they are dropped.")
                    .from(1, 200)
                    .checkedBy(QueueNaming::of)
                    .text(POLICY.expiryQueue().toString());

    /** See {@link PolicySettings#createOnUse}. */
    public static final ConfigKey<Boolean> CREATE_ON_USE =
            named("destinations.createOnUse")
                    .perDestination()
                    .does("Whether a queue or topic is made when it is first named.")
                    .flag(POLICY.createOnUse());

    /** See {@link PolicySettings#retentionMs}. */
    public static final ConfigKey<Long> RETENTION_MS =
            named("retention.timeMs")
                    .perDestination()
                    .does(
                            "How long messages are kept after they were sent though nobody needs them"
                                    + " any more: the history of a queue, the past of a topic, for who"
                                    + " reads with `start=`. What is not consumed yet is kept anyway."
                                    + " 0: time does not count; with retention.bytesMax 0 as well nothing"
                                    + " is kept beyond need.")
                    .in(ConfigUnit.MS)
                    .from(0, 36_500L * 86_400_000)
                    .number(POLICY.retentionMs());

    /** See {@link PolicySettings#retentionBytes}. */
    public static final ConfigKey<Long> RETENTION_BYTES =
            named("retention.bytesMax")
                    .perDestination()
                    .does(
                            "How many bytes of a destination's youngest messages are kept though nobody"
                                    + " needs them; where retention.timeMs is set too, what comes first"
                                    + " ends it. 0: bytes do not count.")
                    .in(ConfigUnit.BYTES)
                    .from(0, 1L << 50)
                    .number(POLICY.retentionBytes());

    /** See {@link PolicySettings#retentionDropsUnsettled}. */
    public static final ConfigKey<Boolean> RETENTION_DROPS_UNSETTLED =
            named("retention.dropsUnsettled")
                    .perDestination()
                    .does(
                            "For topics: whether the bounds above also end what durable subscriptions"
                                    + " have not consumed. Each such loss is counted in its"
                                    + " subscription. A queue never loses a message by them.")
                    .flag(POLICY.retentionDropsUnsettled());

    private DestinationKeys() {}
}
