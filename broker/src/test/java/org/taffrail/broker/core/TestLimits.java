// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.broker.core.policy.Policies;
import org.taffrail.broker.core.policy.PolicySettings;
import org.taffrail.broker.core.policy.Scope;

import java.util.TreeMap;

/** The default limits with some of them changed. */
public final class TestLimits {
    private static final Limits DEFAULTS = Limits.defaults();

    private final TreeMap<DestinationPattern, PolicySettings> patterns = new TreeMap<>();
    private TestPolicy policy = TestPolicy.policy();
    private int destinationsMax = DEFAULTS.destinationsMax();
    private int consumersMax = DEFAULTS.consumersMax();
    private int transactionsMax = DEFAULTS.transactions().openMax();
    private long transactionBytesMax = DEFAULTS.transactions().bytesMax();
    private int transactionSendsMax = DEFAULTS.transactions().sendsMax();
    private int transactionSettlementsMax = DEFAULTS.transactions().settlementsMax();
    private int transactionMemoryBytes = DEFAULTS.transactions().memoryBytes();
    private long stagedBytesMax = DEFAULTS.transactions().stagedBytesMax();
    private int preparedMax = DEFAULTS.transactions().preparedMax();
    private long transactionIdleMs;
    private int releasesMax = DEFAULTS.releasesMax();
    private int keysMax = DEFAULTS.keysMax();
    private int messageBytesMax = DEFAULTS.messageBytesMax();
    private int recordBytesMax = DEFAULTS.recordBytesMax();
    private long windowBytes = DEFAULTS.windowBytes();
    private long volatileBytesMax = DEFAULTS.volatileBytesMax();

    private TestLimits() {}

    public static TestLimits limits() {
        return new TestLimits();
    }

    public TestLimits deliveriesMax(int value) {
        policy = policy.deliveriesMax(value);
        return this;
    }

    public TestLimits redeliveryDelayMs(long value) {
        policy = policy.delayMs(value);
        return this;
    }

    /** What holds where no pattern says otherwise. */
    public TestLimits all(TestPolicy value) {
        policy = value;
        return this;
    }

    public TestLimits queues(String pattern, TestPolicy value) {
        patterns.put(DestinationPattern.of(Scope.QUEUE, pattern), value.settings());
        return this;
    }

    public TestLimits topics(String pattern, TestPolicy value) {
        patterns.put(DestinationPattern.of(Scope.TOPIC, pattern), value.settings());
        return this;
    }

    public TestLimits destinations(String pattern, TestPolicy value) {
        patterns.put(DestinationPattern.of(Scope.ANY, pattern), value.settings());
        return this;
    }

    public TestLimits destinationsMax(int value) {
        destinationsMax = value;
        return this;
    }

    public TestLimits consumersMax(int value) {
        consumersMax = value;
        return this;
    }

    public TestLimits transactionBytesMax(int value) {
        transactionBytesMax = value;
        return this;
    }

    public TestLimits transactionsMax(int value) {
        transactionsMax = value;
        return this;
    }

    public TestLimits transactionSendsMax(int value) {
        transactionSendsMax = value;
        return this;
    }

    public TestLimits transactionMemoryBytes(int value) {
        transactionMemoryBytes = value;
        return this;
    }

    public TestLimits stagedBytesMax(long value) {
        stagedBytesMax = value;
        return this;
    }

    public TestLimits transactionSettlementsMax(int value) {
        transactionSettlementsMax = value;
        return this;
    }

    public TestLimits releasesMax(int value) {
        releasesMax = value;
        return this;
    }

    public TestLimits keysMax(int value) {
        keysMax = value;
        return this;
    }

    public TestLimits messageBytesMax(int value) {
        messageBytesMax = value;
        return this;
    }

    public TestLimits recordBytesMax(int value) {
        recordBytesMax = value;
        return this;
    }

    public TestLimits windowBytes(long value) {
        windowBytes = value;
        return this;
    }

    public TestLimits preparedMax(int value) {
        preparedMax = value;
        return this;
    }

    public TestLimits transactionIdleMs(long value) {
        transactionIdleMs = value;
        return this;
    }

    public TestLimits volatileBytesMax(long value) {
        volatileBytesMax = value;
        return this;
    }

    public TestLimits createOnUse(boolean value) {
        policy = policy.createOnUse(value);
        return this;
    }

    public Limits build() {
        return new Limits(
                new Policies(policy.settings().orElse(DEFAULTS.policies().defaults()), patterns),
                DEFAULTS.nameBytesMax(),
                destinationsMax,
                consumersMax,
                new TransactionLimits(
                        transactionsMax,
                        transactionBytesMax,
                        transactionSendsMax,
                        transactionSettlementsMax,
                        transactionMemoryBytes,
                        stagedBytesMax,
                        preparedMax,
                        transactionIdleMs),
                releasesMax,
                keysMax,
                messageBytesMax,
                recordBytesMax,
                windowBytes,
                volatileBytesMax,
                DEFAULTS.producers());
    }
}
