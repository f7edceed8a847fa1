// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.Session;

/**
 * What clients and service have agreed upon.
 *
 * <p>A request is a {@code MapMessage} with {@value #PORT} and {@value #AFTER}; it expires when its
 * sender has lost patience. The reply goes to {@code JMSReplyTo} and carries the request's {@code
 * JMSCorrelationID}, or its message id where it has none. It is a {@code MapMessage} too, with
 * {@value #TIME} and {@value #HEIGHT}, or a text that says why there is no answer, marked by the
 * property {@value #FAULT}.
 */
final class TideProtocol {
    /** The property that says which application a message belongs to, and its value. */
    static final String APPLICATION = "application";

    static final String TIDES = "tides";

    /** The property that names a request, whoever has sent it. */
    static final String REQUEST = "request";

    static final String PORT = "port";
    static final String AFTER = "afterMs";
    static final String TIME = "timeMs";
    static final String HEIGHT = "heightCm";

    /** The property of a reply that is a refusal. */
    static final String FAULT = "fault";

    private TideProtocol() {}

    /**
     * Makes a request.
     *
     * @param after a number of milliseconds since 1970; the service will find out if it is none
     */
    static MapMessage request(Session session, String name, String port, Object after)
            throws JMSException {
        MapMessage request = session.createMapMessage();
        request.setStringProperty(APPLICATION, TIDES);
        request.setStringProperty(REQUEST, name);
        request.setString(PORT, port);
        request.setObject(AFTER, after);
        return request;
    }

    /** What the reply to a request must have as its correlation id. */
    static String correlationOf(Message request) throws JMSException {
        String given = request.getJMSCorrelationID();
        return given != null ? given : request.getJMSMessageID();
    }

    static Message answer(Session session, TideTable.HighWater tide) throws JMSException {
        MapMessage reply = session.createMapMessage();
        reply.setLong(TIME, tide.timeMs());
        reply.setInt(HEIGHT, tide.heightCm());
        return reply;
    }

    static Message fault(Session session, String reason) throws JMSException {
        Message reply = session.createTextMessage(reason);
        reply.setBooleanProperty(FAULT, true);
        return reply;
    }
}
