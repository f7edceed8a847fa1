// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.frame.BrokerFrame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The requests that wait for an answer, by their ids. Guarded by the link's lock; requests are
 * taken out under it and completed outside.
 */
final class Requests {
    /** Most requests that may be open at once. */
    static final int OPEN_MAX = 1 << 16;

    private final Map<Integer, Request<?>> open = new LinkedHashMap<>();
    private int lastId;

    /**
     * One request.
     *
     * @param <T> what it is answered with: {@link Void}, {@link Link.Target} or {@link
     *     BrokerFrame.Managed}
     */
    static final class Request<T> {
        final CompletableFuture<T> future = new CompletableFuture<>();
        private final Class<T> answer;
        private final Runnable beforeSuccess;
        private final Runnable beforeFailure;

        /**
         * Makes a request.
         *
         * @param answer the type of the answer
         * @param beforeSuccess called before the future succeeds
         * @param beforeFailure called before the future fails
         */
        Request(Class<T> answer, Runnable beforeSuccess, Runnable beforeFailure) {
            this.answer = answer;
            this.beforeSuccess = beforeSuccess;
            this.beforeFailure = beforeFailure;
        }

        void succeed(T value) {
            beforeSuccess.run();
            future.complete(value);
        }

        void fail(Throwable failure) {
            beforeFailure.run();
            future.completeExceptionally(failure);
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Makes a request that is answered without a value. */
    static Request<Void> plain() {
        return new Request<>(Void.class, () -> {}, () -> {});
    }

    /** Makes a request that is answered with a destination. */
    static Request<Link.Target> forTarget() {
        return new Request<>(Link.Target.class, () -> {}, () -> {});
    }

    /** Makes a request that is answered with rows. */
    static Request<BrokerFrame.Managed> forRows() {
        return new Request<>(BrokerFrame.Managed.class, () -> {}, () -> {});
    }

    /**
     * Notes a request and returns its id, which is never 0.
     *
     * @throws WireException {@link ErrorCode#LIMIT_REACHED} over {@link #OPEN_MAX}
     */
    int add(Request<?> request) {
        if (open.size() >= OPEN_MAX) {
            throw new WireException(
                    ErrorCode.LIMIT_REACHED, OPEN_MAX + " requests wait for an answer");
        }
        do {
            lastId++;
        } while (lastId == 0 || open.containsKey(lastId));
        open.put(lastId, request);
        return lastId;
    }

    /** Forgets a request that was not sent after all. */
    void forget(int id) {
        open.remove(id);
    }

    /**
     * Takes out a request that is answered by {@link BrokerFrame.Done}.
     *
     * @throws WireException {@link ErrorCode#PROTOCOL_VIOLATION} if it doesn't wait, or for
     *     something else
     */
    Request<Void> takeDone(int id) {
        return take(id, Void.class);
    }

    /**
     * Takes out a request that is answered by {@link BrokerFrame.Resolved}.
     *
     * @throws WireException as {@link #takeDone}
     */
    Request<Link.Target> takeResolved(int id) {
        return take(id, Link.Target.class);
    }

    /**
     * Takes out a request that is answered by {@link BrokerFrame.Managed}.
     *
     * @throws WireException as {@link #takeDone}
     */
    Request<BrokerFrame.Managed> takeManaged(int id) {
        return take(id, BrokerFrame.Managed.class);
    }

    /**
     * Takes out a request that has failed.
     *
     * @throws WireException {@link ErrorCode#PROTOCOL_VIOLATION} if it doesn't wait
     */
    Request<?> takeFailed(int id) {
        Request<?> request = open.remove(id);
        if (request == null) {
            throw violation(id, "which doesn't wait for one");
        }
        return request;
    }

    /** Takes out all, in the order in which they were sent. */
    List<Request<?>> takeAll() {
        List<Request<?>> all = new ArrayList<>(open.values());
        open.clear();
        return all;
    }

    @SuppressWarnings("unchecked") // the request says itself what it is answered with
    private <T> Request<T> take(int id, Class<T> answer) {
        Request<?> request = takeFailed(id);
        if (request.answer != answer) {
            throw violation(id, "which waits for another kind of answer");
        }
        return (Request<T>) request;
    }

    private static WireException violation(int id, String why) {
        return new WireException(
                ErrorCode.PROTOCOL_VIOLATION, "an answer to request " + id + ", " + why);
    }
}
