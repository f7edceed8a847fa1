// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;

/**
 * What a client got for a request.
 *
 * @param tide the answer, or null
 * @param fault why there is none, or null; both are null where nothing came in time
 */
record Answer(TideTable.HighWater tide, String fault) {
    /** Nothing came in time. */
    static final Answer NONE = new Answer(null, null);

    static Answer of(Message reply) throws JMSException {
        if (reply == null) {
            return NONE;
        }
        if (reply.propertyExists(TideProtocol.FAULT)) {
            return new Answer(null, reply.getBody(String.class));
        }
        MapMessage map = (MapMessage) reply;
        return new Answer(
                new TideTable.HighWater(
                        map.getLong(TideProtocol.TIME), map.getInt(TideProtocol.HEIGHT)),
                null);
    }

    boolean isNone() {
        return tide == null && fault == null;
    }
}
