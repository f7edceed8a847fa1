// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;
import jakarta.jms.XAQueueConnection;
import jakarta.jms.XAQueueSession;
import jakarta.jms.XASession;
import jakarta.jms.XATopicConnection;
import jakarta.jms.XATopicSession;

/**
 * A connection whose sessions can take part in global transactions: those that {@link
 * #createXASession} makes do, those of {@code createSession} are ordinary ones.
 */
final class TaffrailXAConnection extends TaffrailConnection
        implements XAQueueConnection, XATopicConnection {
    TaffrailXAConnection(ConnectionCore core) {
        super(core);
    }

    private TaffrailXASession make() throws JMSException {
        return new TaffrailXASession(open().createSession(SessionMode.XA));
    }

    @Override
    public XASession createXASession() throws JMSException {
        return make();
    }

    @Override
    public XAQueueSession createXAQueueSession() throws JMSException {
        return make();
    }

    @Override
    public XATopicSession createXATopicSession() throws JMSException {
        return make();
    }
}
