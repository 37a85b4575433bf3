import pytest
from hypothesis import given
from hypothesis import strategies as st

from faur.kernel.record import verify
from faur.kernel.record.merkle import Tree, head_leaf, leaf_hash

# The test vectors of RFC 6962's reference implementation (google/certificate-transparency, merkletree).
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


@pytest.mark.parametrize(("count", "root"), ROOTS.items())
def test_roots_are_those_of_rfc_6962(count, root):
    assert Tree([leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES[:count]]).root.hex() == root


@given(st.integers(1, 70), st.data())
def test_every_head_has_a_way_to_the_root_that_the_verifier_follows(count, data):
    heads = [{"chain": f"prj_{index}", "hash": f"{index:064x}", "seq": index + 1} for index in range(count)]
    tree = Tree([head_leaf(head["chain"], head["seq"], head["hash"]) for head in heads])
    index = data.draw(st.integers(0, count - 1))
    assert verify._root(heads[index], tree.path(index)) == tree.root.hex()
    other = {**heads[index], "seq": 1_000}
    assert verify._root(other, tree.path(index)) != tree.root.hex()


def test_a_node_cannot_be_passed_off_as_a_leaf():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != Tree([left, right]).root


@pytest.mark.parametrize("path", [["x"], [{}], [{"left": "zz"}], [{"up": "0" * 64}], [{"left": 1}], [[1, 2]]])
def test_a_way_that_is_none_is_refused(path):
    with pytest.raises(verify._Wrong):
        verify._root({"chain": "prj_1", "hash": "0" * 64, "seq": 1}, path)
