// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;

import org.h2.jdbcx.JdbcDataSource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import javax.sql.XAConnection;

/** A table of texts in a database in memory: the other resource of a global transaction. */
abstract class Table {
    private final JdbcDataSource database = new JdbcDataSource();

    /**
     * Makes it, empty.
     *
     * @param name of the database
     */
    Table(String name) throws SQLException {
        database.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists texts");
            statement.execute("create table texts (text varchar primary key)");
        }
    }

    /** Does something with a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Does something in the current transaction, with a connection of its own. */
    abstract <T> T enlisted(Work<T> work) throws SQLException;

    /** Returns the database. */
    final JdbcDataSource database() {
        return database;
    }

    /** Adds a text in the current transaction. */
    void put(String text) throws SQLException {
        enlisted(
                connection -> {
                    try (PreparedStatement insert =
                            connection.prepareStatement("insert into texts values (?)")) {
                        insert.setString(1, text);
                        return insert.executeUpdate();
                    }
                });
    }

    /** Takes a text out in the current transaction; null where there is none. */
    String take() throws SQLException {
        return enlisted(
                connection -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet first =
                                    statement.executeQuery("select min(text) from texts")) {
                        first.next();
                        String text = first.getString(1);
                        try (PreparedStatement delete =
                                connection.prepareStatement("delete from texts where text = ?")) {
                            delete.setString(1, text);
                            delete.executeUpdate();
                        }
                        return text;
                    }
                });
    }

    /** Returns what is committed, in the order of the texts. */
    List<String> texts() throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery("select text from texts order by text")) {
            while (all.next()) {
                texts.add(all.getString(1));
            }
        }
        return texts;
    }

    /** One whose connections the test enlists itself. */
    static final class EnlistedByHand extends Table {
        private final TransactionManager manager;

        /**
         * Makes it, empty.
         *
         * @param name of the database
         * @param manager in whose transactions texts are put and taken
         */
        EnlistedByHand(String name, TransactionManager manager) throws SQLException {
            super(name);
            this.manager = manager;
        }

        @Override
        <T> T enlisted(Work<T> work) throws SQLException {
            XAConnection connection = database().getXAConnection();
            try {
                Transaction transaction = manager.getTransaction();
                transaction.enlistResource(connection.getXAResource());
                transaction.registerSynchronization(new Closing(connection));
                return work.on(connection.getConnection());
            } catch (SystemException | RollbackException e) {
                throw new SQLException(e);
            }
        }
    }

    /** Closes a connection when its transaction is over. */
    private record Closing(XAConnection connection) implements Synchronization {
        @Override
        public void beforeCompletion() {
            // it is still used
        }

        @Override
        public void afterCompletion(int status) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }
}
