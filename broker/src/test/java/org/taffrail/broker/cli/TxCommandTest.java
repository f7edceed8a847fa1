// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.util.Map;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** An operator ends branches, and their transaction manager hears of it. */
class TxCommandTest extends CommandsTest {
    private static final Xid XID = new Branch((byte) 1);
    private static final String TEXT = "9:0a01:ff";

    private Broker broker;
    private XAConnection connection;
    private XASession session;
    private XAResource resource;
    private Queue queue;

    /** A name that a transaction manager has made. */
    private record Branch(byte number) implements Xid {
        @Override
        public int getFormatId() {
            return 9;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {10, number};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {-1};
        }
    }

    @BeforeEach
    void start() throws Exception {
        BrokerConfig config = BrokerConfig.defaults().with(Map.of("port", "0"));
        broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
        connection = new TaffrailConnectionFactory(broker.address()).createXAConnection();
        connection.start();
        session = connection.createXASession();
        resource = session.getXAResource();
        queue = session.createQueue("q");
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        broker.stop();
    }

    @Override
    String url() {
        return broker.address();
    }

    private void prepare(Xid xid, String text) throws Exception {
        resource.start(xid, XAResource.TMNOFLAGS);
        session.createProducer(queue).send(session.createTextMessage(text));
        resource.end(xid, XAResource.TMSUCCESS);
        assertEquals(XAResource.XA_OK, resource.prepare(xid));
    }

    private String receive() throws JMSException {
        try (jakarta.jms.Session other = connection.createSession()) {
            Message message = other.createConsumer(queue).receiveNoWait();
            return message == null ? null : message.getBody(String.class);
        }
    }

    private static void assertFails(int code, Ending ending) {
        XAException e = assertThrows(XAException.class, ending::end);
        assertEquals(code, e.errorCode);
    }

    /** Ends a branch, as its transaction manager does. */
    private interface Ending {
        void end() throws XAException;
    }

    @Test
    void listsWhatIsPrepared() throws Exception {
        done("tx", "list");
        assertEquals(1, out.toString().lines().count(), out.toString());
        prepare(XID, "a");

        done("tx", "list");

        assertShown(TEXT, "prepared", "USER");
        done("tx", "list", "--json");
        assertShown("\"xid\":\"" + TEXT + "\"", "\"sends\":1", "\"accepts\":0");
    }

    @Test
    void commitsABranchByItsName() throws Exception {
        prepare(XID, "a");

        done("tx", "commit", TEXT);

        assertShown("branch " + TEXT + " committed");
        assertEquals("a", receive());
        done("tx", "list");
        assertShown("committed by an operator");
        assertFails(XAException.XA_HEURCOM, () -> resource.rollback(XID));
        resource.forget(XID);
        done("tx", "list");
        assertEquals(1, out.toString().lines().count(), out.toString());
    }

    @Test
    void rollsABranchBackByItsIdAndForgetsIt() throws Exception {
        prepare(new Branch((byte) 2), "b");
        prepare(XID, "a");
        done("tx", "list");
        String line = out.toString().lines().filter(each -> each.contains(TEXT)).findFirst().get();
        String id = line.strip().split(" ")[0];

        done("tx", "rollback", id);

        assertNull(receive());
        assertFails(XAException.XA_HEURRB, () -> resource.commit(XID, false));
        done("tx", "forget", id, "--json");
        assertShown("\"forgotten\":true");
        assertFails(XAException.XAER_NOTA, () -> resource.commit(XID, false));
        resource.commit(new Branch((byte) 2), false);
        assertEquals("b", receive());
    }

    @Test
    void refusesWhatIsNotThere() throws Exception {
        failed("no branch '" + TEXT + "' is prepared", "tx", "commit", TEXT);
        prepare(XID, "a");
        failed("can't be forgotten", "tx", "forget", TEXT);
        wronglyTyped("ID|XID", "tx", "rollback");
        assertTrue(resource.recover(XAResource.TMSTARTRSCAN).length == 1);
    }
}
