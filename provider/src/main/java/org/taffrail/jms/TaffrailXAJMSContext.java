// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.XAJMSContext;

import javax.transaction.xa.XAResource;

/**
 * A context whose work belongs to global transactions. Contexts that are made from it share its
 * connection, and are ordinary ones.
 */
final class TaffrailXAJMSContext extends TaffrailJMSContext implements XAJMSContext {
    TaffrailXAJMSContext(ConnectionCore core) {
        super(core, SessionMode.XA);
    }

    @Override
    TaffrailSession makeSession(SessionCore core) {
        return new TaffrailXASession(core);
    }

    @Override
    public JMSContext getContext() {
        return this;
    }

    /**
     * Returns the resource to enlist, which makes the session if nothing has needed it before.
     *
     * @return the same one each time
     */
    @Override
    public XAResource getXAResource() {
        return Unchecked.get(this::resource);
    }

    private XAResource resource() throws JMSException {
        return ((TaffrailXASession) session()).getXAResource();
    }
}
