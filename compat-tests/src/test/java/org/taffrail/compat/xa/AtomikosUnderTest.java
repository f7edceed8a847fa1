// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.xa;

import com.atomikos.icatch.config.UserTransactionServiceImp;
import com.atomikos.icatch.jta.UserTransactionManager;
import com.atomikos.jdbc.AtomikosDataSourceBean;
import com.atomikos.jms.AtomikosConnectionFactoryBean;

import jakarta.jms.Connection;
import jakarta.jms.Session;
import jakarta.jms.XAConnectionFactory;
import jakarta.transaction.TransactionManager;

import org.awaitility.Awaitility;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

import javax.sql.XADataSource;

/** Atomikos, with its own pools, which enlist by themselves. */
final class AtomikosUnderTest implements ManagerUnderTest {
    private final UserTransactionManager manager = new UserTransactionManager();
    private final AtomikosConnectionFactoryBean messages = new AtomikosConnectionFactoryBean();
    private final AtomikosDataSourceBean database = new AtomikosDataSourceBean();

    AtomikosUnderTest(Path log, XAConnectionFactory messages, XADataSource database)
            throws Exception {
        Properties settings = new Properties();
        settings.setProperty("com.atomikos.icatch.log_base_dir", log.toString());
        settings.setProperty("com.atomikos.icatch.tm_unique_name", "taffrail-test");
        // it takes what is older than the longest transaction for one that is not committed
        settings.setProperty("com.atomikos.icatch.max_timeout", "3000");
        settings.setProperty("com.atomikos.icatch.default_jta_timeout", "3000");
        settings.setProperty("com.atomikos.icatch.recovery_delay", "500");
        settings.setProperty("com.atomikos.icatch.oltp_retry_interval", "500");
        settings.setProperty("com.atomikos.icatch.oltp_max_retries", "2");
        this.messages.setUniqueResourceName("messages");
        this.messages.setXaConnectionFactory(messages);
        this.messages.setMaxPoolSize(3);
        this.database.setUniqueResourceName("database");
        this.database.setXaDataSource(database);
        this.database.setMaxPoolSize(3);
        this.messages.init();
        this.database.init();
        UserTransactionServiceImp service = new UserTransactionServiceImp(settings);
        service.init();
        manager.setStartupTransactionService(false);
        manager.init();
    }

    @Override
    public TransactionManager transactions() {
        return manager;
    }

    @Override
    public void withSession(Mover.MessageWork work) throws Exception {
        try (Connection connection = messages.createConnection()) {
            connection.start();
            try (Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
                work.in(session);
            }
        }
    }

    @Override
    public void withTable(Mover.TableWork work) throws Exception {
        try (java.sql.Connection connection = database.getConnection()) {
            work.on(connection);
        }
    }

    @Override
    public void recoverAll(Remainder remainder) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !remainder.isThere());
    }
}
