// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.simulation;

import static org.taffrail.broker.simulation.Violation.unless;

import org.taffrail.broker.core.Delivery;
import org.taffrail.broker.simulation.Violation.Invariant;
import org.taffrail.wire.frame.BrokerFrame;
import org.taffrail.wire.record.RecordAssembly;
import org.taffrail.wire.record.RecordLayout;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes messages of what a client is delivered: of one frame, or of a head and all its parts. One
 * that is not whole when another comes to its consumer was taken back.
 */
final class Deliveries {
    private final Consumer<Delivery> listener;
    private final Map<Integer, Amid> amid = new HashMap<>();

    /** A large message some of whose parts have come. */
    private record Amid(BrokerFrame.Deliver head, RecordAssembly assembly) {}

    Deliveries(Consumer<Delivery> listener) {
        this.listener = listener;
    }

    /** What a message says: its number, and something of its own that makes it large. */
    static String body(int id, int fillBytes) {
        StringBuilder text = new StringBuilder().append(id);
        for (int i = 0; i < fillBytes; i++) {
            text.append(i == 0 ? ':' : (char) ('a' + (id * 7 + i) % 26));
        }
        return text.toString();
    }

    /** The number of the message that says this. */
    static int id(String body) {
        return Integer.parseInt(body.split(":")[0]);
    }

    void hear(BrokerFrame.Deliver frame) {
        amid.remove(frame.consumerId());
        if (RecordLayout.hasParts(frame.array(), frame.at())) {
            RecordAssembly assembly = new RecordAssembly(frame.array(), frame.at());
            amid.put(frame.consumerId(), new Amid(frame, assembly));
        } else {
            listener.accept(Delivery.of(frame));
        }
    }

    void hear(BrokerFrame.DeliverPart part) {
        Amid message = amid.get(part.consumerId());
        unless(
                message != null && message.head.offset() == part.offset(),
                Invariant.WELL_FORMED,
                "a part of no message that has begun: " + part);
        if (message.assembly.add(part.index(), part.array(), part.at(), part.length())) {
            amid.remove(part.consumerId());
            listener.accept(Delivery.of(message.head, message.assembly.record()));
        }
    }
}
