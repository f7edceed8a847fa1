// SPDX-License-Identifier: Apache-2.0
package org.acme.orders;

import java.io.Serializable;
import java.math.BigDecimal;

/** What the application sends as an object. */
public final class Order implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String number;
    private final Line[] lines;

    Order(String number, Line... lines) {
        this.number = number;
        this.lines = lines;
    }

    @Override
    public String toString() {
        return number + " of " + lines.length;
    }

    /** Part of it. */
    static final class Line implements Serializable {
        private static final long serialVersionUID = 1L;

        private final BigDecimal price;

        Line(BigDecimal price) {
            this.price = price;
        }

        @Override
        public String toString() {
            return price.toString();
        }
    }
}
