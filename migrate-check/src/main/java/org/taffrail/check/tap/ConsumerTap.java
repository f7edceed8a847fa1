// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

import org.taffrail.check.record.BodyKind;
import org.taffrail.check.record.DestinationUse;
import org.taffrail.check.record.Feature;

import java.util.concurrent.atomic.AtomicBoolean;

/** Watches a consumer of any kind, of both interfaces. */
final class ConsumerTap extends Tap {
    private static final long serialVersionUID = 1L;

    private final transient DestinationUse destination;
    private final transient SessionTap session;
    private final transient AtomicBoolean closed = new AtomicBoolean();

    ConsumerTap(Object delegate, DestinationUse destination, SessionTap session) {
        super(delegate, session.recorder());
        this.destination = destination;
        this.session = session;
        destination.consumer();
        recorder().consumers().more();
    }

    @Override
    Object before(String name, Object[] args) {
        switch (name) {
            case "setMessageListener":
                if (args[0] != null) {
                    args[0] =
                            new CountingListener(
                                    (MessageListener) args[0], destination, recorder());
                }
                break;
            case "receive":
            case "receiveBody":
                waits(args);
                break;
            case "receiveNoWait":
            case "receiveBodyNoWait":
                recorder().used(Feature.RECEIVE_NO_WAIT);
                break;
            case "close":
                closed();
                break;
            default:
                break;
        }
        return null;
    }

    private void waits(Object[] args) {
        Object last = args.length == 0 ? null : args[args.length - 1];
        long timeoutMs = last instanceof Long ? (Long) last : 0;
        if (timeoutMs == 0) {
            recorder().used(Feature.RECEIVE);
        } else {
            recorder().used(Feature.RECEIVE_TIMEOUT, Long.toString(timeoutMs));
        }
    }

    @Override
    Object after(String name, Object[] args, Object result, Object noted) throws JMSException {
        switch (name) {
            case "receive":
            case "receiveNoWait":
                if (result == null) {
                    recorder().used(Feature.RECEIVE_EMPTY);
                } else {
                    Received.count((Message) result, destination, recorder());
                }
                return result;
            case "receiveBody":
            case "receiveBodyNoWait":
                body((Class<?>) args[0], result);
                return result;
            case "setMessageListener":
                if (args[0] != null) {
                    recorder().used(session.isXa() ? Feature.LISTENER_IN_XA : Feature.LISTENER);
                }
                return result;
            case "getMessageListener":
                return CountingListener.unwrapped((MessageListener) result);
            default:
                return result;
        }
    }

    private void body(Class<?> type, Object body) {
        recorder().used(Feature.RECEIVE_BODY, type.getName());
        if (body == null) {
            recorder().used(Feature.RECEIVE_EMPTY);
            return;
        }
        recorder().received();
        BodyKind kind = BodyKind.ofBody(body.getClass());
        destination.received(kind, Sent.bodyBytes(body));
        if (kind == BodyKind.OBJECT) {
            recorder().used(Feature.OBJECT_RECEIVED);
        }
    }

    void closed() {
        if (closed.compareAndSet(false, true)) {
            destination.consumerClosed();
            recorder().consumers().less();
            session.ended(this);
        }
    }
}
