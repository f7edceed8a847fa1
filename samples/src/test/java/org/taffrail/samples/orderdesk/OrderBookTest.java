// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class OrderBookTest {
    private static final String HEADING =
            "order,placed,customer,port,item,quantity,unit,unit_price,priority\n";
    private static final String NIGHT = "A,2026-03-03T07:59,Clyde Pilots,Brest,Rope,3,m,12.50,9\n";
    private static final String DAY = "B,2026-03-03T08:00,\"O, P\",Brest,Oil,1O,l,0.84,4\n";

    @Test
    void readsOrdersOfTheNightAndOfTheDay() throws IOException {
        OrderBook book = OrderBook.read(new StringReader(HEADING + NIGHT + "\n" + DAY));

        assertEquals(2, book.size());
        Order night = book.overnight().get(0);
        assertTrue(night.urgent());
        assertEquals(new BigDecimal("37.50"), night.total());
        Order day = book.byDay(1).get(0);
        assertEquals("O, P", day.customer());
        assertFalse(day.urgent());
        assertEquals(Set.of("Rope", "Oil"), book.priceList().keySet());
        assertEquals(new BigDecimal("0.84"), book.priceList().get("Oil"));
    }

    @Test
    void noticesAMistypedQuantityOnlyWhenItIsBilled() throws IOException {
        Order order = OrderBook.read(new StringReader(HEADING + NIGHT + DAY)).byDay(1).get(0);

        NumberFormatException mistyped = assertThrows(NumberFormatException.class, order::total);
        assertEquals("For input string: \"1O\"", mistyped.getMessage());
    }

    @Test
    void repeatsTheOrdersOfTheDayUnderNewNumbers() throws IOException {
        OrderBook book = OrderBook.read(new StringReader(HEADING + NIGHT + DAY));

        List<String> ids = book.byDay(3).stream().map(Order::id).toList();

        assertEquals(List.of("B", "B/2", "B/3"), ids);
    }

    @Test
    void saysInWhichLineItFails() {
        assertFailsInLine3(NIGHT + "B,2026-03-03T08:00,C,Brest,Oil,1,l,0.84\n");
        assertFailsInLine3(NIGHT + DAY.replace("0.84", "cheap"));
        assertFailsInLine3(NIGHT + DAY.replace("08:00", "morning"));
        assertFailsInLine3(NIGHT + DAY.replace(",4\n", ",10\n"));
        assertFailsInLine3(NIGHT + DAY.replace("P\"", "P"));
    }

    private static void assertFailsInLine3(String rows) {
        IOException failure =
                assertThrows(
                        IOException.class, () -> OrderBook.read(new StringReader(HEADING + rows)));
        assertTrue(failure.getMessage().startsWith("line 3: "), failure.getMessage());
    }

    @Test
    void refusesABookWithoutOrdersOfTheNight() {
        assertThrows(IOException.class, () -> OrderBook.read(new StringReader(HEADING + DAY)));
    }

    @Test
    void theBookOfTheSampleIsAsTheDeskNeedsIt() throws IOException {
        OrderBook book = OrderBook.load();

        assertEquals(DeskOptions.DEFAULT.orders(), book.size());
        assertEquals(DeskOptions.ORDERS_MIN - 1, book.overnight().size());
        List<Order> urgent = book.overnight().stream().filter(Order::urgent).toList();
        assertEquals(List.of(book.overnight().get(99)), urgent);
        Set<String> ids = new HashSet<>();
        book.overnight().forEach(order -> ids.add(order.id()));
        book.byDay(book.size()).forEach(order -> ids.add(order.id()));
        assertEquals(book.overnight().size() + book.size(), ids.size(), "distinct numbers");
    }

    @Property(tries = 500)
    void splitsWhatWasJoinedWithQuotes(
            @ForAll @Size(min = 1, max = 12)
                    List<@Chars({'a', 'ø', ',', '"', ' '}) String> fields) {
        String line =
                String.join(
                        ",",
                        fields.stream().map(f -> '"' + f.replace("\"", "\"\"") + '"').toList());

        assertEquals(fields, OrderBook.split(line));
    }
}
