// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;

import org.taffrail.check.record.BodyKind;
import org.taffrail.check.record.DestinationUse;
import org.taffrail.check.record.Feature;

import java.util.LinkedHashMap;
import java.util.Map;

/** Watches a producer of the simplified interfaces, which keeps properties and a header as well. */
final class JmsProducerTap extends Tap {
    private static final long serialVersionUID = 1L;
    private static final int PROPERTIES_MAX = 1000;

    private final transient SessionTap context;
    private final transient Delivery delivery = new Delivery();

    /** Names and the classes of their values. */
    private final transient Map<String, Object> properties = new LinkedHashMap<>();

    private transient Destination replyTo;
    private transient boolean correlates;
    private transient boolean typed;
    private transient boolean async;

    JmsProducerTap(JMSProducer delegate, SessionTap context) {
        super(delegate, context.recorder());
        this.context = context;
    }

    @Override
    Object before(String name, Object[] args) throws JMSException {
        if (!name.equals("send") || args.length != 2 || !(args[0] instanceof Destination)) {
            return null;
        }
        DestinationUse to = recorder().destination((Destination) args[0]);
        Object body = args[1];
        if (body instanceof Message) {
            return Sent.look((Message) body, to, recorder());
        }
        BodyKind kind = body == null ? BodyKind.NONE : BodyKind.ofBody(body.getClass());
        if (kind == BodyKind.OBJECT) {
            ObjectClasses.record(body.getClass(), recorder());
        }
        return new Sent(to, kind, Sent.bodyBytes(body));
    }

    @Override
    Object after(String name, Object[] args, Object result, Object noted) throws JMSException {
        if (noted instanceof Sent) {
            ((Sent) noted).count(recorder());
            count();
            context.used();
        } else if (args.length > 0 && name.startsWith("set")) {
            set(name, args);
        } else if (name.equals("clearProperties")) {
            properties.clear();
        }
        return result;
    }

    private void set(String name, Object[] args) {
        switch (name) {
            case "setProperty":
                if (properties.size() < PROPERTIES_MAX) {
                    properties.put((String) args[0], classOnly(args[1]));
                }
                break;
            case "setJMSReplyTo":
                replyTo = (Destination) args[0];
                break;
            case "setJMSCorrelationID":
            case "setJMSCorrelationIDAsBytes":
                correlates = args[0] != null;
                break;
            case "setJMSType":
                typed = args[0] != null;
                break;
            case "setAsync":
                async = args[0] != null;
                break;
            default:
                delivery.set(name, args[0], recorder());
                break;
        }
    }

    /** The value's class, so that no value is kept. */
    private static Object classOnly(Object value) {
        return value == null ? null : value.getClass();
    }

    private void count() {
        delivery.count(recorder());
        if (async) {
            recorder().used(Feature.ASYNC_SEND);
        }
        if (correlates) {
            recorder().used(Feature.CORRELATION_ID);
        }
        if (typed) {
            recorder().used(Feature.JMS_TYPE);
        }
        Sent.replyTo(replyTo, recorder());
        for (Map.Entry<String, Object> each : properties.entrySet()) {
            Class<?> type = (Class<?>) each.getValue();
            recorder()
                    .used(
                            Feature.PROPERTY_SENT,
                            each.getKey() + '\t' + (type == null ? "null" : type.getName()));
        }
    }
}
