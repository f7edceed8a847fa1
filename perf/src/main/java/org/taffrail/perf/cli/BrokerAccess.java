// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.cli;

import org.taffrail.perf.machine.JvmLink;
import org.taffrail.perf.peer.Target;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How measuring processes look into the brokers that this call has started: each broker is asked
 * once. One that does not answer is measured without what it would have told, with a note.
 */
final class BrokerAccess {
    private final Campaign campaign;
    private final Map<Long, List<String>> argumentsByPid = new HashMap<>();

    BrokerAccess(Campaign campaign) {
        this.campaign = campaign;
    }

    /** What a measuring process is told; nothing of a broker that was not started here. */
    List<String> arguments(Target target) {
        return campaign.brokerOf(target)
                .map(broker -> argumentsByPid.computeIfAbsent(broker.pid(), this::attach))
                .orElse(List.of());
    }

    private List<String> attach(long pid) {
        String process = "--broker-pid=" + pid;
        try {
            return List.of(process, "--broker-jmx=" + JvmLink.startAgent(pid));
        } catch (IOException e) {
            campaign.note("the broker's JVM can't be attached to: " + e);
            return List.of(process);
        }
    }
}
