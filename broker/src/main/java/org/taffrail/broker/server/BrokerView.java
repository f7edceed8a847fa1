// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.core.Overview;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.management.Connections;
import org.taffrail.broker.session.Sessions;
import org.taffrail.broker.transport.BrokerThread;

/**
 * A serving broker as it is at the moment, for those who ask on its thread, see {@link Broker#ask}:
 * whatever is many comes in pages, and whoever asks takes one at a time, so that others are served
 * in between.
 */
public final class BrokerView {
    private final BrokerConfig config;
    private final BrokerThread thread;
    private final Loop loop;
    private final Sessions sessions;

    BrokerView(BrokerConfig config, BrokerThread thread, Loop loop, Sessions sessions) {
        this.config = config;
        this.thread = thread;
        this.loop = loop;
        this.sessions = sessions;
    }

    /**
     * Returns destinations, groups and consumers.
     *
     * @return to be read only before the question returns
     */
    public Overview overview() {
        return loop.core().overview();
    }

    /**
     * Returns what the broker says of itself.
     *
     * @return as of now
     */
    public BrokerFigures figures() {
        return new BrokerFigures(
                loop.incarnation(),
                sessions.count(),
                sessions.settings().connectionsMax(),
                thread.turns(),
                thread.turnNs(),
                overview().recentBytes(),
                config.get(BrokerKeys.RECENT_BYTES),
                loop.figures(),
                overview().totals());
    }

    /**
     * Returns who is connected.
     *
     * @return to be asked only before the question returns
     */
    public Connections connections() {
        return sessions.connections();
    }
}
