// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Beans that listen, and the server's transactions around them. */
final class FakeBeans implements MessageEndpointFactory {
    private static final AtomicInteger XIDS = new AtomicInteger();

    private final boolean transacted;
    private final MessageListener listener;
    final List<String> ends = new CopyOnWriteArrayList<>();
    final AtomicInteger living = new AtomicInteger();
    volatile boolean unavailable;
    volatile boolean rollsBack;

    /** Prepares a bean. */
    FakeBeans(boolean transacted, MessageListener listener) {
        this.transacted = transacted;
        this.listener = listener;
    }

    /** A name of a branch. */
    record Name(int number) implements Xid {
        static Name next() {
            return new Name(XIDS.incrementAndGet());
        }

        @Override
        public int getFormatId() {
            return 1808;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return ("global-" + number).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
        if (unavailable) {
            throw new UnavailableException("the server is suspended");
        }
        living.incrementAndGet();
        return new Bean(resource);
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource, long timeout)
            throws UnavailableException {
        return createEndpoint(resource);
    }

    @Override
    public boolean isDeliveryTransacted(Method method) {
        return transacted;
    }

    @Override
    public String getActivationName() {
        return "fake";
    }

    @Override
    public Class<?> getEndpointClass() {
        return Bean.class;
    }

    /** One instance, with a transaction manager of its own. */
    private final class Bean implements MessageEndpoint, MessageListener {
        private final XAResource resource;
        private Xid xid;
        private boolean failed;

        Bean(XAResource resource) {
            this.resource = resource;
        }

        @Override
        public void beforeDelivery(Method method) throws ResourceException {
            xid = Name.next();
            failed = false;
            try {
                resource.start(xid, XAResource.TMNOFLAGS);
            } catch (XAException e) {
                throw new ResourceException(e);
            }
        }

        @Override
        public void onMessage(Message message) {
            try {
                listener.onMessage(message);
            } catch (RuntimeException e) {
                failed = true;
                throw e;
            }
        }

        @Override
        public void afterDelivery() throws ResourceException {
            try {
                resource.end(xid, failed ? XAResource.TMFAIL : XAResource.TMSUCCESS);
                if (failed || rollsBack) {
                    resource.rollback(xid);
                    ends.add("rollback");
                } else if (resource.prepare(xid) == XAResource.XA_OK) {
                    resource.commit(xid, false);
                    ends.add("commit");
                }
            } catch (XAException e) {
                throw new ResourceException(e);
            }
        }

        @Override
        public void release() {
            living.decrementAndGet();
        }
    }
}
