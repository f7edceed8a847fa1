// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.load;

import jakarta.jms.JMSException;
import jakarta.jms.XASession;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Sends in global transactions, each of one full batch, which are prepared and then committed: what
 * a provider has to do of a transaction manager's work, and not the manager's log.
 */
final class XaSender extends TransactedSender {
    private static final int FORMAT = 0x7466;

    private final XAResource resource;
    private final long run = ThreadLocalRandom.current().nextLong();
    private final int number;
    private long transactions;
    private Branch branch;

    XaSender(Setting setting, int number) throws JMSException {
        super(setting, number);
        this.number = number;
        resource = ((XASession) session).getXAResource();
    }

    /** A name that no other run, producer or transaction has. */
    private record Branch(long run, int number, long transaction) implements Xid {
        @Override
        public int getFormatId() {
            return FORMAT;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return ByteBuffer.allocate(20).putLong(run).putInt(number).putLong(transaction).array();
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }

    @Override
    void begin() throws JMSException {
        branch = new Branch(run, number, ++transactions);
        try {
            resource.start(branch, XAResource.TMNOFLAGS);
        } catch (XAException e) {
            throw failed(e);
        }
    }

    @Override
    void end() throws JMSException {
        try {
            resource.end(branch, XAResource.TMSUCCESS);
            if (resource.prepare(branch) == XAResource.XA_OK) {
                resource.commit(branch, false);
            }
        } catch (XAException e) {
            throw failed(e);
        }
    }

    private static JMSException failed(XAException cause) {
        JMSException failed =
                new JMSException("XA error " + cause.errorCode + ": " + cause.getMessage());
        failed.initCause(cause);
        return failed;
    }
}
