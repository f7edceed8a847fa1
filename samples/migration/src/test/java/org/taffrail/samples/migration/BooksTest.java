// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class BooksTest {
    private final Books books = new Books();

    @Test
    void balanceWhereEachOrderWasConfirmedOnce() {
        books.confirmed(books.nextOrder());
        books.confirmed(books.nextOrder());

        assertEquals(List.of(), books.problems());
        assertEquals(2, books.orders());
        assertEquals(2, books.confirmations());
    }

    @Test
    void tellOfAnOrderThatWasLostAndOneThatWasDoubled() {
        books.nextOrder();
        String doubled = books.nextOrder();
        books.confirmed(doubled);
        books.confirmed(doubled);

        assertEquals(
                List.of("M-1 was confirmed 0 times", "M-2 was confirmed 2 times"),
                books.problems());
    }

    @Test
    void tellOfAConfirmationThatNobodyAskedFor() {
        books.confirmed("M-7");

        assertEquals(List.of("confirmations of orders that nobody placed"), books.problems());
    }
}
