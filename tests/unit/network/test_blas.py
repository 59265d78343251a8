import threading

import pytest
from threadpoolctl import threadpool_info

from cnnlib.network.blas import one_thread


def threads():
    pools = [pool for pool in threadpool_info() if "numpy" in pool["filepath"]]
    return [pool["num_threads"] for pool in pools if pool["user_api"] == "blas"]


def test_blocks_that_overlap_give_the_old_limit_back():
    before, first_in, second_out = threads(), threading.Event(), threading.Event()

    def long():
        with one_thread():
            first_in.set()
            second_out.wait(5)
            inside.append(threads())

    inside = []
    worker = threading.Thread(target=long)
    worker.start()
    first_in.wait(5)
    with one_thread():
        assert set(threads()) <= {1}
    second_out.set()
    worker.join()
    assert set(inside[0]) <= {1}  # the block that lasted longer kept its limit
    assert threads() == before


def test_an_error_inside_gives_the_limit_back():
    before = threads()
    with pytest.raises(KeyError), one_thread():
        raise KeyError
    assert threads() == before
