// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.ConnectionMetaData;
import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

import org.taffrail.check.record.DestinationKind;
import org.taffrail.check.record.DestinationUse;
import org.taffrail.check.record.Feature;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.transaction.xa.XAResource;

/** Watches a session or context of any kind: a context is a session with a part of a connection. */
final class SessionTap extends Tap {
    private static final long serialVersionUID = 1L;

    private final transient FactoryTap factory;

    /** Null where this is a context. */
    private final transient ConnectionTap connection;

    private final transient boolean xa;
    private final transient boolean ownsConnection;
    private final transient Set<ConsumerTap> consumers = ConcurrentHashMap.newKeySet();
    private final transient AtomicBoolean closed = new AtomicBoolean();

    /** What was returned last of what stays the same: it keeps its proxy. */
    private transient Object lastRaw;

    private transient Object lastProxy;

    private SessionTap(
            Object delegate,
            FactoryTap factory,
            ConnectionTap connection,
            boolean xa,
            boolean ownsConnection) {
        super(delegate, factory.recorder());
        this.factory = factory;
        this.connection = connection;
        this.xa = xa;
        this.ownsConnection = ownsConnection;
        recorder().sessions().more();
        if (ownsConnection) {
            recorder().connections().more();
        }
    }

    static SessionTap ofSession(Session session, ConnectionTap connection, boolean xa) {
        return new SessionTap(session, connection.factory(), connection, xa, false);
    }

    static SessionTap ofContext(JMSContext context, FactoryTap factory, boolean xa) {
        return new SessionTap(context, factory, null, xa, true);
    }

    /** The session mode among the arguments of a call that makes a session or context. */
    static int mode(Object[] args) {
        boolean transacted = false;
        int mode = Session.AUTO_ACKNOWLEDGE;
        for (Object each : args) {
            if (each instanceof Boolean) {
                transacted = (Boolean) each;
            } else if (each instanceof Integer) {
                mode = (Integer) each;
            }
        }
        return transacted ? Session.SESSION_TRANSACTED : mode;
    }

    static String modeText(int mode, boolean xa) {
        if (xa) {
            return "xa";
        }
        switch (mode) {
            case Session.SESSION_TRANSACTED:
                return "transacted";
            case Session.AUTO_ACKNOWLEDGE:
                return "auto";
            case Session.CLIENT_ACKNOWLEDGE:
                return "client";
            case Session.DUPS_OK_ACKNOWLEDGE:
                return "dups-ok";
            default:
                return "mode " + mode;
        }
    }

    @Override
    Object before(String name, Object[] args) {
        if (name.equals("close")) {
            closed();
        } else if (name.equals("setMessageListener") && args[0] != null) {
            args[0] = new CountingListener((MessageListener) args[0], null, recorder());
        }
        return null;
    }

    @Override
    Object after(String name, Object[] args, Object result, Object noted) throws JMSException {
        if (result == null) {
            nothingReturned(name, args);
            return null;
        }
        if (result instanceof MessageProducer) {
            return producer(args, (MessageProducer) result);
        }
        if (result instanceof MessageConsumer || result instanceof JMSConsumer) {
            return consumer(name, args, result);
        }
        if (result instanceof JMSProducer) {
            return Taps.proxy(new JmsProducerTap((JMSProducer) result, this));
        }
        if (result instanceof MessageListener) {
            return CountingListener.unwrapped((MessageListener) result);
        }
        if (name.equals("getXAResource")) {
            return lasting(result);
        }
        if (result instanceof ConnectionMetaData) {
            factory.provider((ConnectionMetaData) result);
            return result;
        }
        if (result instanceof JMSContext && name.equals("createContext")) {
            recorder().used(Feature.CONTEXT, modeText(mode(args), false));
            return Taps.proxy(new SessionTap(result, factory, null, false, false));
        }
        if (result != delegate() && (result instanceof Session || result instanceof JMSContext)) {
            return lasting(result);
        }
        made(name, args);
        return result;
    }

    private void nothingReturned(String name, Object[] args) {
        switch (name) {
            case "commit":
                recorder().used(Feature.COMMIT);
                break;
            case "rollback":
                recorder().used(Feature.ROLLBACK);
                break;
            case "recover":
                recorder().used(Feature.RECOVER);
                break;
            case "acknowledge":
                recorder().used(Feature.CONTEXT_ACKNOWLEDGE);
                break;
            case "unsubscribe":
                recorder().used(Feature.UNSUBSCRIBE);
                break;
            case "setClientID":
                recorder().used(Feature.CLIENT_ID);
                break;
            case "setExceptionListener":
                if (args[0] != null) {
                    recorder().used(Feature.EXCEPTION_LISTENER);
                }
                break;
            case "setMessageListener":
                if (args[0] != null) {
                    recorder().used(Feature.SESSION_LISTENER);
                }
                break;
            default:
                break;
        }
    }

    /** Destinations, browsers and messages, which the application gets as they are. */
    private void made(String name, Object[] args) throws JMSException {
        switch (name) {
            case "createQueue":
                recorder().destination(DestinationKind.QUEUE, (String) args[0]);
                break;
            case "createTopic":
                recorder().destination(DestinationKind.TOPIC, (String) args[0]);
                break;
            case "createTemporaryQueue":
                recorder().used(Feature.TEMPORARY_QUEUE);
                break;
            case "createTemporaryTopic":
                recorder().used(Feature.TEMPORARY_TOPIC);
                break;
            case "createBrowser":
                recorder().used(Feature.BROWSER);
                recorder().destination((Destination) args[0]).browser();
                selector(args.length > 1 ? args[1] : null);
                break;
            case "createObjectMessage":
                if (args.length > 0 && args[0] != null) {
                    ObjectClasses.record(args[0].getClass(), recorder());
                }
                break;
            default:
                break;
        }
    }

    private Object producer(Object[] args, MessageProducer producer) throws JMSException {
        DestinationUse destination = null;
        if (args.length > 0 && args[0] instanceof Destination) {
            recorder().used(Feature.PRODUCER);
            destination = recorder().destination((Destination) args[0]);
            destination.producer();
        } else {
            recorder().used(Feature.ANONYMOUS_PRODUCER);
        }
        return Taps.proxy(new ProducerTap(producer, destination, recorder()));
    }

    private Object consumer(String name, Object[] args, Object consumer) throws JMSException {
        DestinationUse destination = recorder().destination((Destination) args[0]);
        recorder().used(Feature.CONSUMER);
        boolean named = subscription(name, args);
        int selectorAt = named ? 2 : 1;
        selector(args.length > selectorAt ? args[selectorAt] : null);
        if (args.length > selectorAt + 1 && Boolean.TRUE.equals(args[selectorAt + 1])) {
            recorder().used(Feature.NO_LOCAL);
        }
        ConsumerTap tap = new ConsumerTap(consumer, destination, this);
        consumers.add(tap);
        Object proxy = Taps.proxy(tap);
        used();
        return proxy;
    }

    private boolean subscription(String name, Object[] args) {
        Feature feature;
        switch (name) {
            case "createDurableSubscriber":
            case "createDurableConsumer":
                feature = Feature.DURABLE_SUBSCRIPTION;
                break;
            case "createSharedConsumer":
                feature = Feature.SHARED_SUBSCRIPTION;
                break;
            case "createSharedDurableConsumer":
                feature = Feature.SHARED_DURABLE_SUBSCRIPTION;
                break;
            default:
                return false;
        }
        recorder().used(feature, (String) args[1]);
        return true;
    }

    private void selector(Object text) {
        if (text instanceof String && !((String) text).isEmpty()) {
            recorder().used(Feature.SELECTOR, (String) text);
        }
    }

    /** A proxy for what the session returns always, such as its resource: always the same. */
    private synchronized Object lasting(Object raw) {
        if (raw != lastRaw) {
            lastProxy =
                    raw instanceof XAResource
                            ? Taps.resource((XAResource) raw, recorder())
                            : Taps.proxy(new SessionTap(raw, factory, connection, xa, false));
            lastRaw = raw;
        }
        return lastProxy;
    }

    /** Something was sent or a consumer was made: the provider may be asked who it is. */
    void used() throws JMSException {
        if (delegate() instanceof JMSContext && factory.asksProvider()) {
            factory.provider(((JMSContext) delegate()).getMetaData());
        }
    }

    boolean isXa() {
        return xa;
    }

    void ended(ConsumerTap consumer) {
        consumers.remove(consumer);
    }

    void closed() {
        if (closed.compareAndSet(false, true)) {
            recorder().sessions().less();
            if (ownsConnection) {
                recorder().connections().less();
            }
            for (ConsumerTap each : consumers) {
                each.closed();
            }
            if (connection != null) {
                connection.ended(this);
            }
            Tap inner = Taps.tapOf(lastProxy);
            if (inner instanceof SessionTap) {
                ((SessionTap) inner).closed();
            }
        }
    }
}
