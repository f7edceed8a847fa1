// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.broker.core.Limits;
import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.broker.core.policy.Policies;
import org.taffrail.broker.core.policy.PolicySettings;

import java.util.SortedMap;
import java.util.TreeMap;

/** Faults in what the core makes of policies. */
final class PolicyPlants {
    private PolicyPlants() {}

    private static Limits with(Limits limits, Policies policies) {
        return new Limits(
                policies,
                limits.nameBytesMax(),
                limits.destinationsMax(),
                limits.consumersMax(),
                limits.transactions(),
                limits.releasesMax(),
                limits.keysMax(),
                limits.messageBytesMax(),
                limits.recordBytesMax(),
                limits.windowBytes(),
                limits.volatileBytesMax(),
                limits.producers());
    }

    /** Lets some settings hold everywhere, whatever is configured. */
    static Limits with(Limits limits, PolicySettings settings) {
        SortedMap<DestinationPattern, PolicySettings> patterns = new TreeMap<>();
        limits.policies()
                .patterns()
                .forEach((pattern, each) -> patterns.put(pattern, settings.orElse(each)));
        return with(limits, new Policies(settings.orElse(limits.policies().defaults()), patterns));
    }

    /** Takes all destinations for those that no pattern matches. */
    static final class PatternsIgnored implements Plant {
        @Override
        public Limits limits(Limits limits) {
            return with(limits, new Policies(limits.policies().defaults(), new TreeMap<>()));
        }
    }

    /** Lets failed messages come again at once. */
    static final class DelaysIgnored implements Plant {
        @Override
        public Limits limits(Limits limits) {
            PolicySettings none =
                    new PolicySettings(null, 0L, null, null, null, null, null, null, null, null);
            return with(limits, none);
        }
    }
}
