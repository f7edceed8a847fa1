// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.wire.frame.Fields;

import picocli.CommandLine.Parameters;

/** What a command does with one queue or topic, which must be there. */
abstract class DestinationAction extends ManageAction {
    @Parameters(paramLabel = "NAME", description = "The name of the queue or topic.")
    private String name;

    @Override
    final int act(RunningBroker broker) {
        return act(broker, broker.destination(kind(), name));
    }

    /**
     * Does it; returns the status.
     *
     * @param row what the broker says of the destination
     */
    abstract int act(RunningBroker broker, Fields row);

    final String name() {
        return name;
    }

    /** Returns fields that begin with the destination. */
    final Fields.Builder about() {
        return about(name);
    }

    /**
     * Returns what is read of it.
     *
     * @param start where to begin, or null
     * @param selector which messages, or null for all
     * @param waits whether to wait for more at the end
     */
    final RunningBroker.Reading reading(String start, String selector, boolean waits) {
        return new RunningBroker.Reading(kind(), name, start, selector, waits);
    }
}
