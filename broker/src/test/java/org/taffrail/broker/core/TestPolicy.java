// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.broker.core.policy.PolicySettings;
import org.taffrail.broker.core.policy.QueueNaming;

/**
 * Settings of a policy, one after the other; each method returns others with one more.
 *
 * @param settings what is set
 */
public record TestPolicy(PolicySettings settings) {
    public static TestPolicy policy() {
        return new TestPolicy(PolicySettings.NOTHING);
    }

    public TestPolicy deliveriesMax(int value) {
        return plus(
                new PolicySettings(value, null, null, null, null, null, null, null, null, null));
    }

    public TestPolicy delayMs(long value) {
        return plus(
                new PolicySettings(null, value, null, null, null, null, null, null, null, null));
    }

    public TestPolicy delayFactor(double value) {
        long thousandths = Math.round(value * 1000);
        return plus(
                new PolicySettings(
                        null, null, thousandths, null, null, null, null, null, null, null));
    }

    public TestPolicy delayMaxMs(long value) {
        return plus(
                new PolicySettings(null, null, null, value, null, null, null, null, null, null));
    }

    public TestPolicy deadLetterQueue(String value) {
        QueueNaming naming = QueueNaming.of(value);
        return plus(
                new PolicySettings(null, null, null, null, naming, null, null, null, null, null));
    }

    public TestPolicy expiryQueue(String value) {
        QueueNaming naming = QueueNaming.of(value);
        return plus(
                new PolicySettings(null, null, null, null, null, naming, null, null, null, null));
    }

    public TestPolicy createOnUse(boolean value) {
        return plus(
                new PolicySettings(null, null, null, null, null, null, value, null, null, null));
    }

    public TestPolicy retentionMs(long value) {
        return plus(
                new PolicySettings(null, null, null, null, null, null, null, value, null, null));
    }

    public TestPolicy retentionBytes(long value) {
        return plus(
                new PolicySettings(null, null, null, null, null, null, null, null, value, null));
    }

    public TestPolicy retentionDropsUnsettled() {
        return plus(new PolicySettings(null, null, null, null, null, null, null, null, null, true));
    }

    private TestPolicy plus(PolicySettings more) {
        return new TestPolicy(more.orElse(settings));
    }
}
