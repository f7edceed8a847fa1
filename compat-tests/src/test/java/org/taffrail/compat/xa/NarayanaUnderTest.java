// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.xa;

import com.arjuna.ats.jta.recovery.XAResourceRecoveryHelper;

import jakarta.jms.JMSException;
import jakarta.jms.XAConnection;
import jakarta.jms.XAConnectionFactory;
import jakarta.jms.XASession;
import jakarta.transaction.TransactionManager;

import org.awaitility.Awaitility;
import org.taffrail.compat.clients.Narayana;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/** Narayana, with resources that are enlisted by hand. */
final class NarayanaUnderTest implements ManagerUnderTest {
    private final Narayana narayana;
    private final XAConnectionFactory messages;
    private final XADataSource database;

    NarayanaUnderTest(Path log, XAConnectionFactory messages, XADataSource database) {
        narayana = new Narayana(log);
        this.messages = messages;
        this.database = database;
        narayana.recoversFrom((Recovering) this::messageResource);
        narayana.recoversFrom((Recovering) this::tableResource);
    }

    /** Looks for branches over a connection of its own. */
    private interface Recovering extends XAResourceRecoveryHelper {
        XAResource resource() throws JMSException, SQLException;

        @Override
        default boolean initialise(String parameter) {
            return true;
        }

        @Override
        default XAResource[] getXAResources() throws Exception {
            return new XAResource[] {resource()};
        }
    }

    private XAResource messageResource() throws JMSException {
        return messages.createXAConnection().createXASession().getXAResource();
    }

    private XAResource tableResource() throws SQLException {
        return database.getXAConnection().getXAResource();
    }

    @Override
    public TransactionManager transactions() {
        return narayana.manager();
    }

    @Override
    public void withSession(Mover.MessageWork work) throws Exception {
        XAConnection connection = messages.createXAConnection();
        connection.start();
        XASession session = connection.createXASession();
        transactions().getTransaction().enlistResource(session.getXAResource());
        work.in(session);
    }

    @Override
    public void withTable(Mover.TableWork work) throws Exception {
        javax.sql.XAConnection connection = database.getXAConnection();
        transactions().getTransaction().enlistResource(connection.getXAResource());
        work.on(connection.getConnection());
    }

    @Override
    public void recoverAll(Remainder remainder) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            narayana.recover();
                            return !remainder.isThere();
                        });
    }
}
