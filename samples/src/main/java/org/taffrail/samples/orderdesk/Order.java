// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Session;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;

/**
 * One order, as a row of {@code orders.csv} and as a {@link MapMessage}.
 *
 * <p>The quantity stays the text that the customer typed; it is read as a number only when the
 * order is billed. This is how an order that cannot be processed gets as far as a clerk.
 *
 * @param id the order number, unique within a run
 * @param placed when the customer placed it
 * @param customer who ordered
 * @param port where to deliver
 * @param item what was ordered, as in the price list
 * @param quantity how much, as typed
 * @param unit the unit of the quantity
 * @param unitPrice the price of one unit, in euro
 * @param priority the JMS priority, 0 to 9
 */
record Order(
        String id,
        LocalDateTime placed,
        String customer,
        String port,
        String item,
        String quantity,
        String unit,
        BigDecimal unitPrice,
        int priority) {

    /** The JMS priority of an order that must leave before all others. */
    static final int URGENT = 9;

    /** The number of columns in {@code orders.csv}. */
    static final int COLUMNS = 9;

    /**
     * Reads the fields of a row.
     *
     * @throws IllegalArgumentException if a column other than the quantity cannot be read
     * @throws java.time.format.DateTimeParseException if the time cannot be read
     */
    static Order of(List<String> row) {
        if (row.size() != COLUMNS) {
            throw new IllegalArgumentException(row.size() + " columns instead of " + COLUMNS);
        }
        int priority = Integer.parseInt(row.get(8));
        if (priority < 0 || priority > URGENT) {
            throw new IllegalArgumentException("priority " + priority + " is not in 0..9");
        }
        return new Order(
                row.get(0),
                LocalDateTime.parse(row.get(1)),
                row.get(2),
                row.get(3),
                row.get(4),
                row.get(5),
                row.get(6),
                new BigDecimal(row.get(7)),
                priority);
    }

    /** Reads the order that {@link #toMessage} wrote. */
    static Order from(MapMessage message) throws JMSException {
        return new Order(
                message.getString("id"),
                LocalDateTime.parse(message.getString("placed")),
                message.getString("customer"),
                message.getString("port"),
                message.getString("item"),
                message.getString("quantity"),
                message.getString("unit"),
                new BigDecimal(message.getString("unitPrice")),
                message.getJMSPriority());
    }

    MapMessage toMessage(Session session) throws JMSException {
        MapMessage message = session.createMapMessage();
        message.setString("id", id);
        message.setString("placed", placed.toString());
        message.setString("customer", customer);
        message.setString("port", port);
        message.setString("item", item);
        message.setString("quantity", quantity);
        message.setString("unit", unit);
        message.setString("unitPrice", unitPrice.toPlainString());
        return message;
    }

    /**
     * The amount to bill, in euro.
     *
     * @throws NumberFormatException if the customer mistyped the quantity
     */
    BigDecimal total() {
        return unitPrice.multiply(BigDecimal.valueOf(Integer.parseInt(quantity)));
    }

    boolean urgent() {
        return priority == URGENT;
    }

    /** The same order placed once more under another number. */
    Order again(int round) {
        return new Order(
                id + "/" + round,
                placed,
                customer,
                port,
                item,
                quantity,
                unit,
                unitPrice,
                priority);
    }
}
