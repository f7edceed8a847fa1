// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSException;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.TopicSession;
import jakarta.jms.TransactionInProgressException;
import jakarta.jms.XAQueueSession;
import jakarta.jms.XATopicSession;

import javax.transaction.xa.XAResource;

/**
 * A session whose work belongs to global transactions. Consumers, producers, browsers and
 * destinations can be made at any time; sending and receiving needs a transaction manager that has
 * enlisted its resource.
 */
final class TaffrailXASession extends TaffrailSession implements XAQueueSession, XATopicSession {
    private final XAResource resource;

    /** Makes it over a session of the mode {@link SessionMode#XA}. */
    TaffrailXASession(SessionCore core) {
        super(core);
        resource = new TaffrailXAResource(core, (BranchWork) core.work());
    }

    @Override
    public Session getSession() throws JMSException {
        open();
        return this;
    }

    @Override
    public QueueSession getQueueSession() throws JMSException {
        open();
        return this;
    }

    @Override
    public TopicSession getTopicSession() throws JMSException {
        open();
        return this;
    }

    @Override
    public XAResource getXAResource() {
        return resource;
    }

    @Override
    public void commit() throws JMSException {
        throw notByTheApplication("committed");
    }

    @Override
    public void rollback() throws JMSException {
        throw notByTheApplication("rolled back");
    }

    private TransactionInProgressException notByTheApplication(String ended) throws JMSException {
        open();
        return new TransactionInProgressException(
                "a session of an XAConnection is " + ended + " by its transaction manager");
    }
}
