// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.JMSException;
import jakarta.jms.ServerSession;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;

/**
 * An application server's pool whose sessions were made through proxies: the provider, which asks
 * for one, gets its own.
 */
final class PlainServerSessionPool implements ServerSessionPool {
    private final ServerSessionPool pool;

    PlainServerSessionPool(ServerSessionPool pool) {
        this.pool = pool;
    }

    @Override
    public ServerSession getServerSession() throws JMSException {
        ServerSession session = pool.getServerSession();
        return session == null ? null : new Plain(session);
    }

    /** One of them. */
    private static final class Plain implements ServerSession {
        private final ServerSession session;

        Plain(ServerSession session) {
            this.session = session;
        }

        @Override
        public Session getSession() throws JMSException {
            return (Session) Taps.unwrapped(session.getSession());
        }

        @Override
        public void start() throws JMSException {
            session.start();
        }
    }
}
