// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core.policy;

import org.taffrail.wire.record.DestinationKind;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is decided for destinations by their names. Each setting is that of the most specific
 * pattern that matches the name and sets it (see {@link DestinationPattern}), or else the default.
 *
 * <p><b>Moved messages never loop.</b> A queue whose name some setting here could have given to a
 * dead-letter or expiry queue is an end: it has neither, whatever is set for it. So a message is
 * moved at most once. Temporary destinations have neither as well.
 *
 * @param defaults what holds where no pattern says otherwise; everything is set
 * @param patterns what is set for some, the most specific first
 */
public record Policies(
        PolicySettings defaults, SortedMap<DestinationPattern, PolicySettings> patterns) {
    /**
     * Freezes the settings.
     *
     * @param defaults what holds where no pattern says otherwise
     * @param patterns what is set for some
     * @throws IllegalArgumentException if a default is missing
     */
    public Policies {
        if (!defaults.isComplete()) {
            throw new IllegalArgumentException("a default is missing in " + defaults);
        }
        patterns = Collections.unmodifiableSortedMap(new TreeMap<>(patterns));
    }

    /**
     * Returns the policies of a broker that was told nothing.
     *
     * @return the default settings for all
     */
    public static Policies defaultPolicies() {
        return new Policies(PolicySettings.defaults(), new TreeMap<>());
    }

    /**
     * Finds what holds for a destination.
     *
     * @param kind its kind
     * @param name its name
     * @return its policy
     */
    public DestinationPolicy of(DestinationKind kind, String name) {
        PolicySettings found = PolicySettings.NOTHING;
        for (Map.Entry<DestinationPattern, PolicySettings> entry : patterns.entrySet()) {
            if (entry.getKey().matches(kind, name)) {
                found = found.orElse(entry.getValue());
            }
        }
        found = found.orElse(defaults);
        boolean end = kind.isTemporary() || kind.isQueue() && isEnd(name);
        return new DestinationPolicy(
                found.deliveriesMax(),
                new RedeliveryDelay(
                        found.delayMs(), found.delayFactorThousandths(), found.delayMaxMs()),
                end ? null : found.deadLetterQueue().nameFor(name),
                end ? null : found.expiryQueue().nameFor(name),
                found.createOnUse(),
                kind.isTemporary() ? Retention.NONE : retention(kind, found));
    }

    /**
     * Tells whether some destination may keep records for a time.
     *
     * @return false where no retention has a bound of time
     */
    public boolean anyRetainsForTime() {
        return defaults.retentionMs() > 0
                || patterns.values().stream()
                        .anyMatch(each -> each.retentionMs() != null && each.retentionMs() > 0);
    }

    private static Retention retention(DestinationKind kind, PolicySettings found) {
        return new Retention(
                found.retentionMs(),
                found.retentionBytes(),
                found.retentionDropsUnsettled() && !kind.isQueue());
    }

    /**
     * Tells whether the retention of some destination ends what is not consumed.
     *
     * @return false where nobody need look for it
     */
    public boolean anyDropsUnsettled() {
        return defaults.retentionDropsUnsettled()
                || patterns.values().stream()
                        .anyMatch(each -> Boolean.TRUE.equals(each.retentionDropsUnsettled()));
    }

    /**
     * Tells whether a queue may be given messages that could not be delivered, or have expired.
     *
     * @param queue its name
     * @return whether some setting could have given it to a dead-letter or expiry queue
     */
    public boolean isEnd(String queue) {
        if (defaults.mayMoveTo(queue)) {
            return true;
        }
        for (PolicySettings settings : patterns.values()) {
            if (settings.mayMoveTo(queue)) {
                return true;
            }
        }
        return false;
    }
}
