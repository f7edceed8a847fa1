// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.Xid;

import java.util.ArrayList;
import java.util.List;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/** A connection for global transactions, over a link that writes down what is asked of it. */
abstract class XaFixture {
    static final WireException LOSS = new WireException(ErrorCode.CONNECTION_LOST, "on purpose");
    static final BranchXid A = new BranchXid(new Xid(7, new byte[] {1}, new byte[] {2}));
    static final BranchXid B = new BranchXid(new Xid(7, new byte[] {1}, new byte[] {3}));

    final List<RecordingLink> links = new ArrayList<>();
    TaffrailConnectionFactory factory;
    XAConnection connection;
    RecordingLink link;
    XASession session;
    XAResource resource;

    /** Something that a transaction manager asks. */
    interface Move {
        void make() throws XAException;
    }

    @BeforeEach
    void connect() throws JMSException {
        factory =
                new TaffrailConnectionFactory(
                        "taffrail://localhost?jms.prefetch=4",
                        (url, listener) -> {
                            RecordingLink made = new RecordingLink(listener).goingOn();
                            links.add(made);
                            return made;
                        });
        connection = factory.createXAConnection();
        link = links.get(0);
        connection.start();
        session = connection.createXASession();
        resource = session.getXAResource();
    }

    @AfterEach
    void close() throws JMSException {
        connection.close();
    }

    static MessageConsumer consumer(Session of) throws JMSException {
        return of.createConsumer(of.createQueue("q"));
    }

    static void send(Session in) throws JMSException {
        in.createProducer(in.createQueue("q")).send(in.createTextMessage("sent"));
    }

    static String text(Message message) throws JMSException {
        return ((TextMessage) message).getText();
    }

    static void assertRefused(int xaCode, Move move) {
        XAException refusal = assertThrows(XAException.class, move::make);
        assertEquals(xaCode, refusal.errorCode, refusal::getMessage);
    }

    void fail(String name, ErrorCode code) {
        link.refuse(name, new WireException(code, "on purpose"));
    }

    /** Works in a branch, and leaves it. */
    void work(BranchXid xid) throws JMSException, XAException {
        resource.start(xid, XAResource.TMNOFLAGS);
        send(session);
        resource.end(xid, XAResource.TMSUCCESS);
        link.calls();
    }
}
