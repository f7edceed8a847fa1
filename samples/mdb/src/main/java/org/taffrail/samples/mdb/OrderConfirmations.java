// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.mdb;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJBException;
import jakarta.ejb.MessageDriven;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.Queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import javax.sql.DataSource;

/**
 * Confirms orders. Taking an order, its row in the database and its confirmation are one
 * transaction of the server, which the container begins before each message: nothing here says so.
 *
 * <p>An order is a text, {@code SO-1041 3}: number and quantity. One whose quantity is no number
 * fails each time, and ends where messages end that can't be processed.
 */
@MessageDriven(
        name = "OrderConfirmations",
        activationConfig = {
            @ActivationConfigProperty(
                    propertyName = "destinationType",
                    propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(propertyName = "destination", propertyValue = "orders"),
            @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "4")
        })
public class OrderConfirmations implements MessageListener {
    @Resource(name = "jms/ConnectionFactory")
    private ConnectionFactory connectionFactory;

    @Resource(name = "jms/confirmations")
    private Queue confirmations;

    @Resource(name = "jdbc/Orders")
    private DataSource database;

    /** Made by the server. */
    public OrderConfirmations() {}

    @Override
    public void onMessage(Message message) {
        try {
            String order = message.getBody(String.class);
            String number = order.substring(0, order.indexOf(' '));
            int deliveries = message.getIntProperty("JMSXDeliveryCount");
            write(number, deliveries);
            confirm(number);
            if (deliveries == 1 && message.getBooleanProperty("failsAtFirst")) {
                throw new EJBException("the stock of " + number + " is being counted");
            }
            Integer.parseInt(order.substring(order.indexOf(' ') + 1));
        } catch (JMSException | SQLException e) {
            throw new EJBException(e);
        }
    }

    private void write(String number, int deliveries) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO CONFIRMED (NUMBER, DELIVERIES) VALUES (?, ?)")) {
            insert.setString(1, number);
            insert.setInt(2, deliveries);
            insert.executeUpdate();
        }
    }

    private void confirm(String number) {
        try (JMSContext context = connectionFactory.createContext()) {
            context.createProducer().send(confirmations, number);
        }
    }
}
