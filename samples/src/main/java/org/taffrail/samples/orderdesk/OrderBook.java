// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The orders of {@code orders.csv}: some were placed overnight and wait when the desk opens, the
 * others come in by day.
 *
 * <p>The file is UTF-8 with a heading; a field may stand in double quotes, and a doubled quote
 * within them is a quote. A field does not span lines.
 */
final class OrderBook {
    /** When the desk opens: what was placed before waits. */
    static final LocalDateTime OPENS = LocalDateTime.of(2026, 3, 3, 8, 0);

    private static final String RESOURCE = "/orderdesk/orders.csv";

    private final List<Order> overnight;
    private final List<Order> byDay;

    private OrderBook(List<Order> orders) throws IOException {
        overnight = orders.stream().filter(order -> order.placed().isBefore(OPENS)).toList();
        byDay = orders.stream().filter(order -> !order.placed().isBefore(OPENS)).toList();
        if (overnight.isEmpty() || byDay.isEmpty()) {
            throw new IOException("the order book needs orders before and after " + OPENS);
        }
    }

    /**
     * Reads the order book that comes with the sample.
     *
     * @throws IOException if it is missing or cannot be read
     */
    static OrderBook load() throws IOException {
        try (InputStream in = OrderBook.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new FileNotFoundException(RESOURCE + " is not on the class path");
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
    }

    /**
     * Reads an order book.
     *
     * @throws IOException if reading fails or a row is malformed; the message names its line
     */
    static OrderBook read(Reader csv) throws IOException {
        BufferedReader lines = new BufferedReader(csv);
        lines.readLine(); // the heading
        List<Order> orders = new ArrayList<>();
        int number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                orders.add(Order.of(split(line)));
            } catch (RuntimeException e) { // a number, a time or a quote that cannot be read
                throw new IOException("line " + number + ": " + e.getMessage(), e);
            }
        }
        return new OrderBook(orders);
    }

    /**
     * Splits one line of comma separated values.
     *
     * @throws IllegalArgumentException if a quote is not closed
     */
    static List<String> split(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        fields.add(field.toString());
        return fields;
    }

    /** The orders placed before the desk opens, in the order of the file. */
    List<Order> overnight() {
        return overnight;
    }

    /** As many orders as asked for, placed by day; the file's are repeated under new numbers. */
    List<Order> byDay(int count) {
        List<Order> orders = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Order order = byDay.get(i % byDay.size());
            int round = i / byDay.size();
            orders.add(round == 0 ? order : order.again(round + 1));
        }
        return orders;
    }

    /** The number of rows in the file. */
    int size() {
        return overnight.size() + byDay.size();
    }

    /** The price of one unit of each item, in euro. */
    Map<String, BigDecimal> priceList() {
        Map<String, BigDecimal> prices = new TreeMap<>();
        overnight.forEach(order -> prices.put(order.item(), order.unitPrice()));
        byDay.forEach(order -> prices.put(order.item(), order.unitPrice()));
        return prices;
    }
}
