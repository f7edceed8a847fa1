// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSException;

import org.junit.jupiter.api.Test;
import org.taffrail.link.ConnectionOptions;
import org.taffrail.link.OptionReference;

class ConsumerOptionsTest {
    private static ConsumerOptions of(String name) throws JMSException {
        return ConsumerOptions.of(new TaffrailQueue(name), ConnectionOptions.defaults());
    }

    @Test
    void aConsumerSharesUnlessToldOtherwise() throws JMSException {
        assertFalse(of("q").exclusive());
        assertFalse(of("q?consumer.exclusive=false").exclusive());
        assertTrue(of("q?consumer.exclusive=true&consumer.prefetch=1").exclusive());
    }

    @Test
    void aTruthValueThatIsNoneIsRefusedByName() {
        JMSException refused =
                assertThrows(JMSException.class, () -> of("q?consumer.exclusive=yes"));

        assertEquals("INVALID_OPTION", refused.getErrorCode());
        assertTrue(refused.getMessage().contains("consumer.exclusive"), refused.getMessage());
    }

    @Test
    void eachOptionStandsOnTheReferencePage() {
        for (String name : ConsumerOptions.NAMES) {
            assertTrue(OptionReference.markdown().contains("| `" + name + "` |"), name);
        }
    }
}
