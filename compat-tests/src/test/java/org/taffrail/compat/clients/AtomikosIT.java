// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.atomikos.datasource.ResourceException;
import com.atomikos.icatch.config.UserTransactionServiceImp;
import com.atomikos.icatch.jta.UserTransactionManager;
import com.atomikos.jdbc.AtomikosDataSourceBean;
import com.atomikos.jms.AtomikosConnectionFactoryBean;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Session;
import jakarta.jms.XAConnectionFactory;
import jakarta.transaction.TransactionManager;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.compat.process.JmsServer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Atomikos, whose own pool enlists its sessions. */
@Tag("real-clients")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@DisabledIfSystemProperty(
        named = JmsServer.PROVIDER,
        matches = "artemis|classic",
        disabledReason = "the factory is looked up as one for XA")
class AtomikosIT extends GlobalTransactionContract {
    @RegisterExtension static final ServerUnderTest SERVER = new ServerUnderTest();

    @TempDir static Path log;
    private static UserTransactionServiceImp service;
    private static UserTransactionManager manager;

    private final List<Pooled> tables = new ArrayList<>();
    private AtomikosConnectionFactoryBean pool;

    @BeforeAll
    static void startManager() throws Exception {
        Properties settings = new Properties();
        settings.setProperty("com.atomikos.icatch.log_base_dir", log.toString());
        settings.setProperty("com.atomikos.icatch.tm_unique_name", "taffrail-test");
        service = new UserTransactionServiceImp(settings);
        service.init();
        manager = new UserTransactionManager();
        manager.setStartupTransactionService(false);
        manager.init();
    }

    @AfterAll
    static void stopManager() {
        manager.close();
        service.shutdown(true);
    }

    @BeforeEach
    void startPool() {
        pool = new AtomikosConnectionFactoryBean();
        pool.setUniqueResourceName("taffrail");
        pool.setXaConnectionFactory((XAConnectionFactory) SERVER.connectionFactory());
        pool.setMaxPoolSize(5);
    }

    @AfterEach
    void stopPools() {
        pool.close();
        tables.forEach(table -> table.connections.close());
    }

    @Override
    TransactionManager manager() {
        return manager;
    }

    @Override
    ConnectionFactory enlisting() {
        return pool;
    }

    /** A table behind the pool of Atomikos. */
    private static final class Pooled extends Table {
        private final AtomikosDataSourceBean connections = new AtomikosDataSourceBean();

        private Pooled(String name) throws SQLException {
            super(name);
            connections.setUniqueResourceName(name);
            connections.setXaDataSource(database());
            connections.setMaxPoolSize(5);
        }

        @Override
        <T> T enlisted(Work<T> work) throws SQLException {
            try (Connection connection = connections.getConnection()) {
                return work.on(connection);
            }
        }
    }

    @Override
    Table table(String name) throws SQLException {
        tables.add(new Pooled("atomikos." + name));
        return tables.get(tables.size() - 1);
    }

    /** It joins what the closed session has left, over a connection that has no part in it. */
    @Test
    void aBranchIsNotJoinedOverAnotherConnection() throws Exception {
        String queue = "atomikos.two.connections";
        manager.begin();
        try (jakarta.jms.Connection first = pool.createConnection()) {
            try (Session session = first.createSession(true, Session.SESSION_TRANSACTED)) {
                send(session, queue, "1");
            }
            assertThrows(
                    ResourceException.class,
                    () -> withSession(session -> send(session, queue, "2")));
        }
        manager.rollback();

        witness().seesNothingIn(queue);
    }

    @Override
    Witness witness() {
        return SERVER.witness();
    }
}
