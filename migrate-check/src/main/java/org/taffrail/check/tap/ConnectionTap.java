// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.JMSException;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;

import org.taffrail.check.record.Feature;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Watches a connection of any kind. The provider is asked for its name when the first session was
 * made, not before: after a call, providers take no client id any more.
 */
final class ConnectionTap extends Tap {
    private static final long serialVersionUID = 1L;

    private final transient FactoryTap factory;
    private final transient boolean xa;
    private final transient Set<SessionTap> sessions = ConcurrentHashMap.newKeySet();
    private final transient AtomicBoolean closed = new AtomicBoolean();

    ConnectionTap(Connection delegate, FactoryTap factory, boolean xa) {
        super(delegate, factory.recorder());
        this.factory = factory;
        this.xa = xa;
        recorder().connections().more();
    }

    @Override
    Object before(String name, Object[] args) {
        if (name.endsWith("ConnectionConsumer")) {
            recorder().used(Feature.CONNECTION_CONSUMER, name);
            for (int i = 0; i < args.length; i++) {
                if (args[i] instanceof ServerSessionPool) {
                    args[i] = new PlainServerSessionPool((ServerSessionPool) args[i]);
                }
            }
        } else if (name.equals("close")) {
            closed();
        }
        return null;
    }

    @Override
    Object after(String name, Object[] args, Object result, Object noted) throws JMSException {
        switch (name) {
            case "setClientID":
                recorder().used(Feature.CLIENT_ID);
                break;
            case "setExceptionListener":
                if (args[0] != null) {
                    recorder().used(Feature.EXCEPTION_LISTENER);
                }
                break;
            case "getMetaData":
                factory.provider((ConnectionMetaData) result);
                break;
            default:
                break;
        }
        return result instanceof Session ? session(name, args, (Session) result) : result;
    }

    private Object session(String name, Object[] args, Session session) throws JMSException {
        boolean global = xa && name.startsWith("createXA");
        int mode = SessionTap.mode(args);
        recorder().used(Feature.SESSION, SessionTap.modeText(mode, global));
        SessionTap tap = SessionTap.ofSession(session, this, global);
        sessions.add(tap);
        Object proxy = Taps.proxy(tap);
        if (factory.asksProvider()) {
            factory.provider(((Connection) delegate()).getMetaData());
        }
        return proxy;
    }

    void ended(SessionTap session) {
        sessions.remove(session);
    }

    FactoryTap factory() {
        return factory;
    }

    private void closed() {
        if (closed.compareAndSet(false, true)) {
            recorder().connections().less();
            for (SessionTap each : sessions) {
                each.closed();
            }
        }
    }
}
