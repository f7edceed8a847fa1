// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.InvalidClientIDRuntimeException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.InvalidSelectorRuntimeException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageFormatRuntimeException;
import jakarta.jms.MessageNotReadableException;
import jakarta.jms.MessageNotWriteableException;
import jakarta.jms.MessageNotWriteableRuntimeException;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.ResourceAllocationRuntimeException;
import jakarta.jms.TransactionInProgressException;
import jakarta.jms.TransactionInProgressRuntimeException;
import jakarta.jms.TransactionRolledBackException;
import jakarta.jms.TransactionRolledBackRuntimeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

class JmsErrorsTest {
    @ParameterizedTest
    @EnumSource
    void everyCodeKeepsItsSymbolDetailAndCause(ErrorCode code) {
        WireException failure = new WireException(code, "the detail");

        JMSException exception = JmsErrors.of(failure);

        assertEquals(code.name(), exception.getErrorCode());
        assertSame(failure, exception.getLinkedException());
        assertSame(failure, exception.getCause());
        assertTrue(exception.getMessage().startsWith("the detail ("), exception.getMessage());
        assertTrue(exception.getMessage().contains(code.cure()), exception.getMessage());
    }

    @Test
    void aWrongOptionOfAConnectionIsNoMatterOfADestination() {
        WireException failure = new WireException(ErrorCode.INVALID_OPTION, "dir=x");

        JMSException exception = JmsErrors.ofConnecting(new CompletionException(failure));

        assertSame(JMSException.class, exception.getClass());
        assertEquals(JmsErrors.of(failure).getMessage(), exception.getMessage());
        assertEquals("INVALID_OPTION", exception.getErrorCode());
        assertSame(failure, exception.getLinkedException());
        JMSException other = new JMSSecurityException("no");
        assertSame(other, JmsErrors.ofConnecting(other));
    }

    @ParameterizedTest
    @CsvSource({
        "AUTHENTICATION_FAILED, JMSSecurityException",
        "NOT_PERMITTED, JMSSecurityException",
        "CLIENT_ID_IN_USE, InvalidClientIDException",
        "CLIENT_ID_NEEDED, IllegalStateException",
        "NO_SUCH_DESTINATION, InvalidDestinationException",
        "NO_SUCH_SUBSCRIPTION, InvalidDestinationException",
        "INVALID_SELECTOR, InvalidSelectorException",
        "SUBSCRIPTION_IN_USE, IllegalStateException",
        "TRANSACTION_DOOMED, TransactionRolledBackException",
        "NO_ROOM, ResourceAllocationException",
        "MESSAGE_TOO_LARGE, JMSException",
        "CONNECTION_LOST, JMSException"
    })
    void codeBecomesTheExceptionOfTheSpecification(ErrorCode code, String name) {
        assertEquals("jakarta.jms." + name, JmsErrors.of(code, null).getClass().getName());
    }

    @Test
    void takesTheWrappersOfFuturesOff() {
        WireException failure = new WireException(ErrorCode.TIMEOUT, "late");
        JMSException ready = new JMSException("ready");

        assertEquals(
                "TIMEOUT",
                JmsErrors.of(new ExecutionException(new CompletionException(failure)))
                        .getErrorCode());
        assertSame(ready, JmsErrors.of(new CompletionException(ready)));
    }

    @Test
    void whatNobodyExpectedIsInternalAndLinked() {
        RuntimeException defect = new RuntimeException("defect");
        JMSException exception = JmsErrors.of(defect);

        assertEquals("INTERNAL", exception.getErrorCode());
        assertSame(defect, exception.getCause());
        StackOverflowError error = new StackOverflowError();
        assertSame(error, JmsErrors.of(error).getCause());
    }

    @Test
    void everyExceptionHasItsUncheckedForm() {
        check(new IllegalStateException("t", "C"), IllegalStateRuntimeException.class);
        check(new InvalidClientIDException("t", "C"), InvalidClientIDRuntimeException.class);
        check(new InvalidDestinationException("t", "C"), InvalidDestinationRuntimeException.class);
        check(new InvalidSelectorException("t", "C"), InvalidSelectorRuntimeException.class);
        check(new JMSSecurityException("t", "C"), JMSSecurityRuntimeException.class);
        check(new MessageFormatException("t", "C"), MessageFormatRuntimeException.class);
        check(
                new MessageNotWriteableException("t", "C"),
                MessageNotWriteableRuntimeException.class);
        check(new ResourceAllocationException("t", "C"), ResourceAllocationRuntimeException.class);
        check(
                new TransactionInProgressException("t", "C"),
                TransactionInProgressRuntimeException.class);
        check(
                new TransactionRolledBackException("t", "C"),
                TransactionRolledBackRuntimeException.class);
        check(new MessageEOFException("t", "C"), JMSRuntimeException.class);
        check(new MessageNotReadableException("t", "C"), JMSRuntimeException.class);
        check(new JMSException("t", "C"), JMSRuntimeException.class);
    }

    private static void check(
            JMSException exception, Class<? extends JMSRuntimeException> expected) {
        JMSRuntimeException unchecked = JmsErrors.unchecked(exception);

        assertSame(expected, unchecked.getClass());
        assertEquals("t", unchecked.getMessage());
        assertEquals("C", unchecked.getErrorCode());
        assertSame(exception, unchecked.getCause());
    }
}
