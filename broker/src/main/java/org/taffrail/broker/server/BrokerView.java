// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.core.ConnectionStatus;
import org.taffrail.broker.core.Overview;
import org.taffrail.broker.core.Page;
import org.taffrail.broker.loop.Loop;
import org.taffrail.broker.session.Session;
import org.taffrail.broker.session.Sessions;
import org.taffrail.broker.transport.BrokerThread;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.ArrayList;
import java.util.List;

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
     * A client that was let in.
     *
     * @param status what it has
     * @param peer names its end
     * @param user who it is, null for an anonymous one
     * @param clientId its client id, or null
     * @param product what it calls itself
     */
    public record Connected(
            ConnectionStatus status, String peer, String user, String clientId, String product) {}

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
     * Lists connections in the order in which they came.
     *
     * @param after where to begin: {@link Page#next} of the page before, null for the first
     * @param rowsMax at most so many
     * @return the page
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if there is no such page
     */
    public Page<Connected> connections(String after, int rowsMax) {
        List<Connected> rows = new ArrayList<>();
        List<Session> listed = sessions.connected(idAfter(after), rowsMax);
        for (Session session : listed) {
            Connected connected = connected(session);
            if (connected != null) {
                rows.add(connected);
            }
        }
        boolean more = !listed.isEmpty() && listed.size() == rowsMax;
        return new Page<>(rows, more ? Long.toString(listed.get(listed.size() - 1).id()) : null);
    }

    /**
     * Looks for a connection.
     *
     * @param id its number
     * @return null where there is none now that was let in
     */
    public Connected connection(long id) {
        List<Session> found = id < 1 ? List.of() : sessions.connected(id - 1, 1);
        return found.isEmpty() || found.get(0).id() != id ? null : connected(found.get(0));
    }

    private Connected connected(Session session) {
        ConnectionStatus status = overview().connection(session.id());
        return status == null
                ? null
                : new Connected(
                        status,
                        session.peer(),
                        session.user(),
                        session.clientId(),
                        session.product());
    }

    private static long idAfter(String after) {
        try {
            return after == null ? 0 : Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, "there is no page '" + after + "' of connections");
        }
    }
}
