// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.frame.ClientFrame;
import org.taffrail.wire.record.DestinationKind;

import java.util.LinkedHashMap;
import java.util.Map;

/** The partitions of destinations that a client has asked for, so that it can send to them. */
final class Addresses {
    private final Model model;
    private final Line line;
    private final Requests requests;
    private final Map<String, Long> partitions = new LinkedHashMap<>();

    Addresses(Model model, Line line, Requests requests) {
        this.model = model;
        this.line = line;
        this.requests = requests;
    }

    void resolve(DestinationKind kind, String name) {
        int askedAt = model.tick();
        int request =
                requests.add(
                        answer -> {
                            if (answer instanceof BrokerFrame.Resolved resolved) {
                                resolved(
                                        SimulatedClient.key(kind, name),
                                        resolved.partition(),
                                        askedAt);
                            }
                        });
        line.say(new ClientFrame.Resolve(request, kind, name), () -> requests.withdraw(request));
    }

    private void resolved(String key, long partition, int askedAt) {
        partitions.put(key, partition);
        if (Instances.isOne(key)) {
            model.instances().heard(Instances.key(key, partition), askedAt);
        }
    }

    boolean has(String key) {
        return partitions.containsKey(key);
    }

    /** The partition of a destination that it knows. */
    long of(String key) {
        return partitions.get(key);
    }

    /** Forgets those that may have been deleted. */
    void forget() {
        partitions.keySet().removeIf(Instances::isOne);
    }
}
