// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.failover;

import org.taffrail.link.Link;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A request that is made through whichever route there is, and again through the next one where a
 * route is lost before it was answered.
 *
 * @param <T> the answer
 */
final class Waiting<T> {
    final CompletableFuture<T> answer = new CompletableFuture<>();
    private final Function<Route, CompletableFuture<T>> first;
    private final Function<Route, CompletableFuture<T>> again;
    private final BiConsumer<Route, Waiting<?>> whenAnother;
    private boolean asked;

    /**
     * Makes it.
     *
     * @param first asks
     * @param again asks where it was asked already and the answer was lost
     * @param whenAnother has it ask again, once there is another route than this
     */
    Waiting(
            Function<Route, CompletableFuture<T>> first,
            Function<Route, CompletableFuture<T>> again,
            BiConsumer<Route, Waiting<?>> whenAnother) {
        this.first = first;
        this.again = again;
        this.whenAnother = whenAnother;
    }

    /** Asks. */
    void ask(Route route) {
        Function<Route, CompletableFuture<T>> question = asked ? again : first;
        asked = true;
        CompletableFuture<T> asking;
        try {
            asking = question.apply(route);
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            return;
        }
        asking.whenComplete(
                (value, failure) -> {
                    if (failure == null) {
                        answer.complete(value);
                    } else if (isLoss(failure)) {
                        whenAnother.accept(route, this);
                    } else {
                        answer.completeExceptionally(cause(failure));
                    }
                });
    }

    /** There will be no route any more. */
    void giveUp(Throwable lost) {
        answer.completeExceptionally(lost);
    }

    /** Tells whether a failure is that of a {@link Link} that is lost. */
    static boolean isLoss(Throwable failure) {
        return cause(failure) instanceof WireException known
                && known.code() == ErrorCode.CONNECTION_LOST;
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }
}
