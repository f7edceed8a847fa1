// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.xa;

import org.h2.jdbcx.JdbcDataSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

import javax.sql.XAConnection;

/**
 * The table of bookings, in a database on files. It has no primary key on purpose: a payment that
 * is booked twice shall be seen, not refused.
 */
final class Bookings {
    private final JdbcDataSource database = new JdbcDataSource();

    /** Opens it in a folder; makes it where it is missing. */
    Bookings(Path folder) throws SQLException {
        database.setURL("jdbc:h2:file:" + folder.toAbsolutePath().resolve("bookings"));
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table if not exists bookings (payment varchar not null, cents bigint"
                            + " not null)");
        }
    }

    /** Opens a connection that takes part in global transactions. */
    XAConnection connect() throws SQLException {
        return database.getXAConnection();
    }

    /** Books a payment in the transaction that the connection is in. */
    static void book(Connection connection, String payment, long cents) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into bookings values (?, ?)")) {
            insert.setString(1, payment);
            insert.setLong(2, cents);
            insert.executeUpdate();
        }
    }

    /** How often each payment of a run is booked. */
    Map<String, Integer> timesBooked(String run) throws SQLException {
        Map<String, Integer> times = new TreeMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select payment from bookings where payment like ?")) {
            query.setString(1, run + "-%");
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    times.merge(rows.getString(1), 1, Integer::sum);
                }
            }
        }
        return times;
    }
}
