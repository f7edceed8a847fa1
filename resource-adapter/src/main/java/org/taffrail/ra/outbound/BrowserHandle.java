// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;

import java.util.Enumeration;

/** A browser, which transactions do not matter to: it stays in the session it was made in. */
final class BrowserHandle implements QueueBrowser, SessionHandle.ChildHandle {
    private final SessionHandle session;
    private final QueueBrowser physical;

    BrowserHandle(SessionHandle session, QueueBrowser physical) {
        this.session = session;
        this.physical = physical;
    }

    @Override
    public Queue getQueue() throws JMSException {
        return physical.getQueue();
    }

    @Override
    public String getMessageSelector() throws JMSException {
        return physical.getMessageSelector();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Enumeration getEnumeration() throws JMSException {
        return physical.getEnumeration();
    }

    @Override
    public void leave() throws JMSException {
        physical.close();
    }

    @Override
    public void close() throws JMSException {
        session.remove(this);
        physical.close();
    }
}
